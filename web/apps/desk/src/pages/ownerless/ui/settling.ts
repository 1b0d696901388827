/** What has to be said when an owner is settled: in which manner, whose it is, on what ground, at what cost. */

import { wordsOf } from "@gezhi/api";
import type { Field } from "@gezhi/logic/deeds";
import { say } from "@gezhi/ui";

import type zh from "./zh.json";

type Key = keyof typeof zh;
type Manner = "meeting" | "government" | "substitute";

export function settlingFields(
  t: (key: Key) => string, suggested: { id: number; name: string } | null, manners: Manner[],
): Field[] {
  const substitute: Field["when"] = ({ manner }) => manner === "substitute";
  return [
    {
      name: "manner", part: "choice", label: t("manner"), required: true, start: manners[0],
      choices: manners.map((value) => ({ value, word: say(wordsOf("manner")[value] ?? value) })),
    },
    { name: "unit_id", part: "unit", label: t("owner"), required: true, known: suggested, start: suggested?.id },
    { name: "contractor", part: "text", label: t("contractor"), required: true, when: substitute },
    { name: "cost", part: "amount", label: t("cost"), unit: t("yuan"), required: true, when: substitute },
    { name: "reason", part: "lines", label: t("decision_text"), required: true },
    {
      name: "basis", part: "text", label: t("basis"), required: !manners.includes("meeting"), hint: t("basis_hint"),
      when: ({ manner }) => manner !== "meeting",
    },
  ];
}

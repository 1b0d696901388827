/** What may be done to an entry of the ledger, each with its form; the server says what of it may be done now. */

import { type AccountabilityEntry, actOnEntry } from "@gezhi/api";
import { type Deed, type Field, offeredActs } from "@gezhi/logic/deeds";
import { useStrings, useTerms } from "@gezhi/ui";

import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;

export function useEntryActs() {
  const t = useStrings(zh, en);
  const { choices } = useTerms();
  const lines = (name: string, label: Key): Field => ({ name, part: "lines", label: t(label), required: true });
  const due: Field = { name: "due_at", part: "moment", label: t("due"), hint: t("due_hint") };
  const closing = (most: number): Field[] => [
    lines("text", "closing_text"),
    { name: "measure", part: "choice", label: t("measure"), required: true, start: "none", choices: choices("measure") },
    { name: "measure_text", part: "text", label: t("measure_text"), when: ({ measure }) => measure !== "none" },
    { name: "points", part: "amount", label: t("points"), unit: t("points_unit"), most, required: true, when: ({ measure }) => measure === "deduct" },
    { name: "effect", part: "text", label: t("effect_text"), hint: t("effect_hint") },
  ];
  const deedsOf = ({ demand, most_points, state }: AccountabilityEntry): Deed[] => [
    { name: "confirm", label: t("act_confirm"), primary: true, fields: [{ ...lines("demand", "demand"), start: demand }, due] },
    { name: "dismiss", label: t("act_dismiss"), fields: [lines("reason", "reason")] },
    {
      name: "report", label: t("act_report"), primary: true,
      fields: [lines("result", "result"), { name: "pictures", part: "pictures", label: t("pictures") }],
    },
    {
      name: "close", label: t("act_close"), primary: true, fields: closing(most_points),
      ...(state === "correcting" && { note: t("close_early") }),
    },
    { name: "return", label: t("act_return"), fields: [lines("reason", "reason"), due] },
  ];
  return { actsOf: (entry: AccountabilityEntry) => offeredActs(entry, deedsOf(entry), actOnEntry) };
}

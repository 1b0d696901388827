/** What may be done to an entry of the ledger by now, each with its form; the server says which. */

import { type AccountabilityEntry, actOnEntry } from "@gezhi/api";
import type { DeedAct, Field } from "@gezhi/logic/deeds";
import { useStrings, useTerms } from "@gezhi/ui";

import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;

export function useEntryActs() {
  const t = useStrings(zh, en);
const { choices } = useTerms();
  const lines = (name: string, label: Key, start?: string): Field => (
    { name, part: "lines", label: t(label), required: true, ...(start && { start }) });
  const due: Field = { name: "due_at", part: "moment", label: t("due"), hint: t("due_hint") };
  const FORMS: Record<string, (entry: AccountabilityEntry) => Field[]> = {
    confirm: ({ demand }) => [lines("demand", "demand", demand), due],
    dismiss: () => [lines("reason", "reason")],
    report: () => [lines("result", "result"), { name: "pictures", part: "pictures", label: t("pictures") }],
    close: () => [
      lines("text", "closing_text"),
      {
        name: "measure", part: "choice", label: t("measure"), required: true, start: "none",
        choices: choices("measure"),
      },
      { name: "measure_text", part: "text", label: t("measure_text"), when: ({ measure }) => measure !== "none" },
      { name: "points", part: "amount", label: t("points"), unit: t("points_unit"), required: true, when: ({ measure }) => measure === "deduct" },
      { name: "effect", part: "text", label: t("effect_text"), hint: t("effect_hint") },
    ],
    return: () => [lines("reason", "reason"), due],
  };
  const FIRST = new Set(["confirm", "report", "close"]);

  function actsOf(entry: AccountabilityEntry): DeedAct[] {
    return Object.keys(FORMS).filter((name) => entry.acts.includes(name)).map((name) => ({
      name,
      label: t(`act_${name}` as Key),
      fields: FORMS[name]?.(entry) ?? [],
      primary: FIRST.has(name),
      ...(name === "close" && entry.state === "correcting" && { note: t("close_early") }),
      send: (body, key) => actOnEntry(entry.id, name, body, key),
    }));
  }
  return { actsOf };
}

/** What may be done to an order by now, each with its form; the server says which. */

import { actOnOrder, type SupervisionOrder } from "@gezhi/api";
import type { DeedAct, Field } from "@gezhi/logic/deeds";
import { useStrings } from "@gezhi/ui";

import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;

export function useOrderActs() {
  const t = useStrings(zh, en);
  const lines = (name: string, label: Key): Field => ({ name, part: "lines", label: t(label), required: true });
  const due: Field = { name: "due_at", part: "moment", label: t("reply_due"), hint: t("due_hint") };
  const forms: Record<string, Field[]> = {
    reply: [lines("text", "reply_text"), { name: "pictures", part: "pictures", label: t("pictures") }],
    accept: [{ name: "text", part: "lines", label: t("opinion") }],
    return: [lines("reason", "reason"), due],
    further: [lines("requirement", "requirement"), due],
    escalate: [lines("reason", "reason")],
    remind: [lines("text", "remind_text")],
    lift: [lines("reason", "reason")],
  };
  const notes: Partial<Record<string, Key>> = { escalate: "escalate_note", lift: "lift_note" };
  const FIRST = new Set(["reply", "accept"]);

  function actsOf(order: SupervisionOrder): DeedAct[] {
    return Object.keys(forms).filter((name) => order.acts.includes(name)).map((name) => {
      const note = notes[name];
      return {
        name,
        label: t(`act_${name}` as Key),
        fields: forms[name] ?? [],
        primary: FIRST.has(name),
        ...(note && { note: t(note) }),
        send: (body, key) => actOnOrder(order.id, name, body, key),
      };
    });
  }
  return { actsOf };
}

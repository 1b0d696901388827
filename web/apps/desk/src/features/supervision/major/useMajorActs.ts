/** What may be done to a major case by now, each with its form; the server says which. */

import { actOnMajor, type MajorCase } from "@gezhi/api";
import { sayMoment } from "@gezhi/logic";
import type { DeedAct, Field } from "@gezhi/logic/deeds";
import { language, useNow, useStrings } from "@gezhi/ui";

import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;

export function useMajorActs() {
  const t = useStrings(zh, en);
  const now = useNow();
  const lines = (name: string, label: Key): Field => ({ name, part: "lines", label: t(label), required: true });
  const moment = (name: string, label: Key, required: boolean): Field => ({ name, part: "moment", label: t(label), required });
  const granted: Field = {
    name: "granted", part: "choice", label: t("decision"), required: true,
    choices: [{ value: true, word: t("agree") }, { value: false, word: t("decline") }],
  };
  const forms: Record<string, Field[]> = {
    progress: [lines("text", "progress_text")],
    ask_change: [moment("due_at", "new_due", true), lines("reason", "reason")],
    decide_change: [granted, lines("reason", "opinion")],
    propose_strike_off: [lines("text", "strike_text")],
    sign_strike_off: [granted, lines("text", "opinion")],
    report_above: [{ name: "to", part: "text", label: t("above_to"), required: true }, lines("text", "above_text")],
  };
  const FIRST = new Set(["decide_change", "sign_strike_off"]);

  function noteOf(name: string, major: MajorCase): string {
    if (name === "decide_change" && major.asked_due_at) {
      const due = sayMoment(major.asked_due_at, language.value, now.value);
      return t("asked_note", { by: major.asked_by, due, reason: major.asked_reason });
    }
    if (name === "propose_strike_off") return t("strike_note");
    return name === "sign_strike_off" ? t("sign_note", { by: major.strike_by }) : "";
  }

  function actsOf(major: MajorCase): DeedAct[] {
    return Object.keys(forms).filter((name) => major.acts.includes(name)).map((name) => {
      const note = noteOf(name, major);
      return {
        name,
        label: t(`act_${name}` as Key),
        fields: forms[name] ?? [],
        ...(FIRST.has(name) && { verb: ({ granted }) => t(granted === true ? "agree" : granted === false ? "decline" : `act_${name}` as Key) }),
        primary: FIRST.has(name),
        ...(note && { note }),
        send: (body, key) => actOnMajor(major.id, name, body, key),
      };
    });
  }
  return { actsOf };
}

/** What may be done to an order and to a major case, each with its form; the server says what of it may be done now. */

import { actOnMajor, actOnOrder, type MajorCase, type SupervisionOrder } from "@gezhi/api";
import { sayMoment } from "@gezhi/logic";
import { type Deed, type Field, offeredActs, type Values } from "@gezhi/logic/deeds";
import { language, useNow, useStrings } from "@gezhi/ui";

import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;

export function useActs() {
  const t = useStrings(zh, en);
  const now = useNow();
  const lines = (name: string, label: Key): Field => ({ name, part: "lines", label: t(label), required: true });
  const due: Field = { name: "due_at", part: "moment", label: t("reply_due"), hint: t("due_hint") };
  const granted: Field = {
    name: "granted", part: "choice", label: t("decision"), required: true,
    choices: [{ value: true, word: t("agree") }, { value: false, word: t("decline") }],
  };
  const decided = (name: Key) => ({ granted }: Values) => t(granted === true ? "agree" : granted === false ? "decline" : name);

  const orderDeeds: Deed[] = [
    {
      name: "reply", label: t("order_reply"), primary: true,
      fields: [lines("text", "reply_text"), { name: "pictures", part: "pictures", label: t("pictures") }],
    },
    { name: "accept", label: t("order_accept"), primary: true, fields: [{ name: "text", part: "lines", label: t("judgement") }] },
    { name: "return", label: t("order_return"), fields: [lines("reason", "reason"), due] },
    { name: "further", label: t("order_further"), fields: [lines("requirement", "requirement"), due] },
    { name: "escalate", label: t("order_escalate"), note: t("escalate_note"), fields: [lines("reason", "reason")] },
    { name: "remind", label: t("order_remind"), fields: [lines("text", "remind_text")] },
    { name: "lift", label: t("order_lift"), note: t("lift_note"), fields: [lines("reason", "reason")] },
  ];

  function majorDeeds({ asked_by, asked_due_at, asked_reason, strike_by }: MajorCase): Deed[] {
    const asked = asked_due_at && { by: asked_by, due: sayMoment(asked_due_at, language.value, now.value), reason: asked_reason };
    return [
      { name: "progress", label: t("major_progress"), fields: [lines("text", "progress_text")] },
      {
        name: "ask_change", label: t("major_ask_change"),
        fields: [{ name: "due_at", part: "moment", label: t("new_due"), required: true }, lines("reason", "reason")],
      },
      {
        name: "decide_change", label: t("major_decide_change"), verb: decided("major_decide_change"), primary: true,
        ...(asked && { note: t("asked_note", asked) }), fields: [granted, lines("reason", "opinion")],
      },
      {
        name: "propose_strike_off", label: t("major_propose_strike_off"), note: t("strike_note"),
        fields: [lines("text", "strike_text")],
      },
      {
        name: "sign_strike_off", label: t("major_sign_strike_off"), verb: decided("major_sign_strike_off"), primary: true,
        note: t("sign_note", { by: strike_by }), fields: [granted, lines("text", "opinion")],
      },
      {
        name: "report_above", label: t("major_report_above"),
        fields: [{ name: "to", part: "text", label: t("above_to"), required: true }, lines("text", "above_text")],
      },
    ];
  }

  return {
    orderActs: (order: SupervisionOrder) => offeredActs(order, orderDeeds, actOnOrder),
    majorActs: (major: MajorCase) => offeredActs(major, majorDeeds(major), actOnMajor),
  };
}

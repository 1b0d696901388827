/** How an administrator proposes other settings: figures, limits, who is charged, channels and reasons. */

import { codesOf, proposeAmendment, type PolicySettings } from "@gezhi/api";
import type { DeedAct, Field, Values } from "@gezhi/logic/deeds";
import { useNow, useTerms } from "@gezhi/ui";
import { may } from "@gezhi/work";

import { byClock, NUMBERS, numberSettings } from "../model/settings";
import { useSettingWords } from "./words";

type Reason = NonNullable<PolicySettings["reasons"]>[number];
type Channel = NonNullable<PolicySettings["channels"]>[number];
const OTHER = "other";

export function useSettingActs() {
  const words = useSettingWords();
  const { t } = words;
  const { term, choices } = useTerms();
  const now = useNow();

  const act = (name: string, label: string, fields: Field[], settings: (values: Values) => PolicySettings): DeedAct[] => {
    const today = new Date(now.value + 8 * 3_600_000).toISOString().slice(0, 10);
    const standing: Field[] = [
      { name: "valid_from", part: "day", label: t("valid_from"), required: true, start: today },
      { name: "why", part: "lines", label: t("reason"), required: true },
    ];
    return may("settings.write")
      ? [{
          name, label, verb: t("submit"), note: t("note"), fields: [...fields, ...standing],
          send: ({ valid_from, why, ...values }, key) => proposeAmendment(
            { rule: "local-policy", settings: settings(values), valid_from: String(valid_from), reason: String(why) }, key),
        }]
      : [];
  };
  const flag = (name: string, label: string, start: boolean): Field => (
    { name, part: "choice", label, required: true, start, choices: [{ value: true, word: t("yes") }, { value: false, word: t("no") }] });
  const text = (name: string, label: string, hint?: string): Field => ({ name, part: "text", label, required: true, ...(hint && { hint }) });

  const numberActs = (settings: PolicySettings) => act("numbers", t("change"), [
    ...numberSettings.map((name): Field => (
      { name, part: "amount", label: t(`figure_${name}`), required: true, least: 0, start: settings[name], unit: t(NUMBERS[name]) })),
    {
      name: "inspection_always", part: "choice", label: t("inspection_always"), required: true, start: settings.inspection_always,
      choices: [{ value: true, word: t("always") }, { value: false, word: t("by_draw") }],
    },
  ], (values) => values as PolicySettings);

  const limitActs = (settings: PolicySettings) => {
    const limits = byClock(settings.stage_limits);
    return act("limits", t("change"), limits.map(([kind, one]): Field => (
      { name: kind, part: "amount", label: words.clock(kind), required: true, start: one.value, unit: term("unit", one.unit) })),
    (values) => ({
      stage_limits: Object.fromEntries(
        limits.map(([kind, { unit }]) => [kind, { value: Number(values[kind]), unit }])),
    }));
  };

  const holderActs = (settings: PolicySettings) => act("holders", t("change"), byClock(settings.holders).map(
    ([kind, start]): Field => ({ name: kind, part: "pick", label: words.clock(kind), required: true, start, choices: choices("holder") })),
  (values) => ({ holders: values as PolicySettings["holders"] ?? null }));

  function channelActs(settings: PolicySettings): DeedAct[] {
    const channels = settings.channels ?? [];
    return [
      ...act("add_channel", t("add_channel"), [
        text("zh", t("name_zh")), text("en", t("name_en")), text("code", t("code"), t("code_hint")),
        {
          name: "group", part: "pick", label: t("group"), required: true,
          choices: codesOf("channel_group").map((value) => ({ value, word: term("channel_group", value) })),
        },
        flag("complaint", t("complaint"), false), flag("verify", t("verify"), false), flag("sender", t("sender"), true),
      ], (values) => ({ channels: [...channels, values as unknown as Channel] })),
      ...act("end_channel", t("end_channel"), [{
        name: "ended", part: "pick", label: t("channel"), required: true,
        choices: channels.map((one) => ({ value: one.code, word: words.named(one) })),
      }], ({ ended }) => ({ channels: channels.filter(({ code }) => code !== ended) })),
    ];
  }

  function reasonActs(settings: PolicySettings): DeedAct[] {
    const reasons = settings.reasons ?? [];
    const commands = [...new Set(reasons.map(({ command }) => command))];
    const of = (command: unknown) => reasons.filter((one) => one.command === command);
    return [
      ...act("add_reason", t("add_reason"), [
        {
          name: "command", part: "pick", label: t("command"), required: true,
          choices: commands.map((value) => ({ value, word: words.command(value) })),
        },
        text("zh", t("name_zh")), text("en", t("name_en")), text("code", t("code"), t("code_hint")),
        { name: "answer", part: "lines", label: t("answer"), hint: t("answer_hint") },
      ], (values) => {
        const added = { answer: "", ...values } as unknown as Reason;
        const standing = of(values.command);
        return { reasons: [...standing.filter(({ code }) => code !== OTHER), added, ...standing.filter(({ code }) => code === OTHER)] };
      }),
      ...act("end_reason", t("end_reason"), [{
        name: "ended", part: "pick", label: t("one_reason"), required: true,
        choices: reasons.filter(({ code }) => code !== OTHER)
          .map((one) => ({ value: `${one.command} ${one.code}`, word: `${words.command(one.command)}${t("of")}${words.named(one)}` })),
      }], ({ ended }) => {
        const [command, code] = String(ended).split(" ");
        return { reasons: of(command).filter((one) => one.code !== code) };
      }),
    ];
  }
  return { numberActs, limitActs, holderActs, channelActs, reasonActs };
}

/** How an administrator proposes the change of a rule: its figures, from which day on, and why. */

import { proposeAmendment, type AccountabilityRule, type Body, type LevelRule } from "@gezhi/api";
import type { DeedAct, Field, Values } from "@gezhi/logic/deeds";
import { useStrings } from "@gezhi/ui";
import { may } from "@gezhi/work";

import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;
type Change = Extract<Body<"post", "/rules/amendments">, { rule: "supervision" | "accountability" }>;
type Proposed = Change extends infer C ? C extends Change ? Pick<C, "rule" | "row"> : never : never;
type EntryKind = Extract<Change, { rule: "accountability" }>["row"]["kind"];
interface Limit {
  value: number;
  unit: string;
}

const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());

export function useRuleActs() {
  const t = useStrings(zh, en);
  const number = (name: string, label: Key, start: number, unit: Key): Field => (
    { name, part: "amount", label: t(label), required: true, start, unit: t(unit) });
  const active = (start: boolean): Field => ({
    name: "active", part: "choice", label: t("rule_active"), required: true, start,
    choices: [{ value: true, word: t("rule_on") }, { value: false, word: t("rule_off") }],
  });
  const limit = (label: Key, { value, unit }: Limit): Field[] => [
    { name: "limit_value", part: "amount", label: t(label), required: true, start: value },
    {
      name: "limit_unit", part: "choice", label: t("limit_unit"), required: true, start: unit,
      choices: [{ value: "work_hour", word: t("work_hours") }, { value: "work_day", word: t("work_days") }],
    },
  ];
  const standing: Field[] = [
    { name: "valid_from", part: "day", label: t("rule_from"), required: true, start: today() },
    { name: "reason", part: "lines", label: t("reason"), required: true },
  ];
  const act = (name: string, fields: Field[], change: (body: Values) => Proposed): DeedAct[] =>
    may("settings.write")
      ? [{
          name, label: t("rule_change"), verb: t("rule_submit"), note: t("rule_note"), fields: [...fields, ...standing],
          send: (body, key) =>
            proposeAmendment({ ...change(body), valid_from: String(body.valid_from), reason: String(body.reason) } as Change, key),
        }]
      : [];
  const limitOf = ({ limit_value, limit_unit }: Values) => ({ value: Number(limit_value), unit: String(limit_unit) });

  function levelActs(row: LevelRule): DeedAct[] {
    const fields = [
      active(row.active), number("percent", "rule_percent", row.share / 10, "percent"), number("hours", "rule_hours", row.hours, "work_hours"),
      ...limit("list_reply", row.reply),
      { name: "requirement", part: "lines" as const, label: t("requirement"), required: true, start: row.requirement },
    ];
    return act(`level_${row.level}`, fields, (body) => ({
      rule: "supervision",
      row: {
        level: row.level, active: body.active === true, share: Math.round(Number(body.percent) * 10), hours: Number(body.hours),
        reply: limitOf(body), requirement: String(body.requirement),
      },
    }));
  }

  function entryActs(row: AccountabilityRule): DeedAct[] {
    const rate = row.kind === "low_rate";
    const [label, unit]: [Key, Key] = rate ? ["rule_rate", "percent"]
      : row.kind === "overdue" ? ["rule_level", "level_unit"] : ["rule_threshold", "times"];
    const fields = [
      active(row.active),
      number("threshold", label, rate ? row.threshold / 10 : row.threshold, unit),
      ...(rate
        ? [number("months", "rule_months", row.months, "months"), number("base", "rule_base", row.base, "pieces")]
        : [number("days", "rule_days", row.days, "days")]),
      number("most_points", "rule_most_points", row.most_points, "points_unit"),
      ...limit("rule_correct", row.correct),
      { name: "demand", part: "lines" as const, label: t("rule_demand"), required: true, start: row.demand },
    ];
    return act(`entry_${row.kind}`, fields, (body) => ({
      rule: "accountability",
      row: {
        kind: row.kind as EntryKind, active: body.active === true,
        threshold: rate ? Math.round(Number(body.threshold) * 10) : Number(body.threshold),
        days: Number(body.days ?? row.days), months: Number(body.months ?? row.months), base: Number(body.base ?? row.base),
        most_points: Number(body.most_points), correct: limitOf(body), demand: String(body.demand),
      },
    }));
  }
  return { levelActs, entryActs };
}

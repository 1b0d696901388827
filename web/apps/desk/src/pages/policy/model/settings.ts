/** The settings of the local policy in words: as a page shows them, and what a proposal changes of them. */

import { codesOf, type PolicySettings } from "@gezhi/api";
import type { LimitUnit } from "@gezhi/logic";

import type zh from "../ui/zh.json";

/** Settings that are one number each, with the word of their unit. */
export const NUMBERS = {
  warn_percent: "percent", rework_percent: "percent", duplicate_metres: "metres", duplicate_hours: "hours", evidence_metres: "metres",
  camera_minutes: "minutes", report_hours: "hours", missed_days: "days", undo_seconds: "seconds", remind_minutes: "minutes",
} as const;
export type NumberSetting = keyof typeof NUMBERS;
export const numberSettings = Object.keys(NUMBERS) as NumberSetting[];

export interface Words {
  t: (key: keyof typeof zh, values?: Record<string, unknown>) => string;
  clock: (kind: string) => string;
  holder: (holder: string) => string;
  limit: (value: number, unit: LimitUnit) => string;
  command: (word: string) => string;
  /** A word that is data of the city. */
  named: (word: { zh: string; en: string }) => string;
}

export interface Line {
  label: string;
  before: string;
  after: string;
}

export const numberOf = (settings: PolicySettings, name: NumberSetting, { t }: Words) =>
  t("number", { value: settings[name], unit: t(NUMBERS[name]) });

/** What is set for each clock, in the order of the stages. */
export const byClock = <T>(of: Record<string, T> | null | undefined): [string, T][] =>
  codesOf("clock").flatMap((kind) => { const one = of?.[kind]; return one === undefined ? [] : [[kind, one]]; });

/** Old and new, line by line; only what differs. */
export function linesOf(before: PolicySettings, after: PolicySettings, words: Words): Line[] {
  const { t, clock, holder, limit } = words;
  const lines: Line[] = numberSettings.filter((name) => name in after && after[name] !== null && after[name] !== undefined)
    .map((name) => ({ label: t(`figure_${name}`), before: numberOf(before, name, words), after: numberOf(after, name, words) }));
  for (const [kind, one] of byClock(after.stage_limits)) {
    const old = before.stage_limits?.[kind];
    lines.push({
      label: t("limit_of", { clock: clock(kind) }), before: old ? limit(old.value, old.unit as LimitUnit) : "",
      after: limit(one.value, one.unit as LimitUnit),
    });
  }
  for (const [kind, one] of byClock(after.holders)) {
    const old = before.holders?.[kind];
    lines.push({ label: t("charge_of", { clock: clock(kind) }), before: old ? holder(old) : "", after: holder(one) });
  }
  if (typeof after.inspection_always === "boolean") {
    const said = (always: boolean | null | undefined) => t(always ? "always" : "by_draw");
    lines.push({ label: t("inspection_always"), before: said(before.inspection_always), after: said(after.inspection_always) });
  }
  if (after.channels) lines.push({ label: t("channels"), ...listed(before.channels ?? [], after.channels, words) });
  lines.push(...reasonLines(before, after, words));
  return lines.filter((line) => line.before !== line.after);
}

const listed = (before: { zh: string; en: string }[], after: { zh: string; en: string }[], { t, named }: Words) =>
  ({ before: before.map(named).join(t("comma")), after: after.map(named).join(t("comma")) });

function reasonLines(before: PolicySettings, after: PolicySettings, words: Words): Line[] {
  const commands = [...new Set((after.reasons ?? []).map(({ command }) => command))];
  const of = (settings: PolicySettings, command: string) => (settings.reasons ?? []).filter((one) => one.command === command);
  return commands.map((command) => ({
    label: words.t("reasons_of", { command: words.command(command) }), ...listed(of(before, command), of(after, command), words),
  }));
}

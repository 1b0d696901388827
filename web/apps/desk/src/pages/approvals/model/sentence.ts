/** A row of the approval matrix as sentences, by topic: what the table shows, and what the form says while it is edited. */

import { APPLICATIONS, type ApprovalRowDraft } from "@gezhi/api";
import type { LimitUnit } from "@gezhi/logic";

import type zh from "../ui/zh.json";

export interface Words {
  t: (key: keyof typeof zh, values?: Record<string, unknown>) => string;
  role: (role: string) => string;
  status: (status: string) => string;
  limit: (value: number, unit: LimitUnit) => string;
  kind: (kind: string) => string;
  reason: (kind: string, code: string) => string;
}

export type Row = ApprovalRowDraft & { kind: string };

export interface Told {
  topic: "who" | "decides" | "most" | "clock" | "figures" | "share";
  text: string;
}

export function sentencesOf(row: Row, words: Words): Told[] {
  const told: Told[] = [
    { topic: "who", text: askingOf(row, words) },
    { topic: "decides", text: decidingOf(row, words) },
    { topic: "most", text: mostOf(row, words) },
    { topic: "clock", text: clockOf(row, words) },
    { topic: "figures", text: hasClock(row) ? "" : words.t(row.exempts ? "s_exempt" : "s_counts") },
    { topic: "share", text: shareOf(row, words) },
  ];
  return told.filter(({ text }) => text);
}

const chain = (steps: string[], { t, role }: Words) => steps.map(role).join(t("then"));

function askingOf(row: Row, words: Words): string {
  const { t, role, status } = words;
  const askers = row.askers.map(role).join(t("or"));
  const statuses = row.statuses.map(status).join(t("or"));
  const parts = [t("s_ask", { askers, statuses, kind: words.kind(row.kind) })];
  if (row.before_deadline) parts.push(t("s_before_deadline"));
  if (row.needs_proof) parts.push(t("s_proof"));
  if (row.form_again) parts.push(t("s_form_again"));
  if (row.form_for?.length) parts.push(t("s_form_for", { reasons: row.form_for.map((code) => words.reason(row.kind, code)).join(t("or")) }));
  return parts.join("") + t("stop");
}

function decidingOf(row: Row, words: Words): string {
  const { t, limit } = words;
  const [again, above] = [row.steps_again ?? [], row.above_ceiling ?? []];
  const parts = [t(row.steps.length > 1 ? "s_decide_in_turn" : "s_decide", { steps: chain(row.steps, words) })];
  if (again.length) parts.push(t("s_again", { steps: chain(again, words) }));
  if (row.form_for?.length && row.steps_form?.length) parts.push(t("s_form", { steps: chain(row.steps_form, words) }));
  if (above.length && row.ceiling) parts.push(t("s_above", { steps: chain(above, words) }));
  parts.push(t("s_within", { limit: limit(row.decide_within.value, row.decide_within.unit as LimitUnit) }));
  if (row.undecided_expires) parts.push(t("s_expires"));
  return parts.join("") + t("stop");
}

function mostOf(row: Row, { t }: Words): string {
  const parts: string[] = [];
  const counted = APPLICATIONS[row.kind]?.longest_in;
  if (counted) parts.push(t(counted === "days" ? "s_longest_days" : "s_longest_percent", { most: row.longest }));
  if (counted === "percent" && row.longest_in_all) parts.push(t("s_longest_in_all", { most: row.longest_in_all }));
  if (row.most_asked) parts.push(t("s_most_asked", { count: row.most_asked }));
  parts.push(row.most_granted ? t("s_most_granted", { count: row.most_granted }) : row.most_asked ? "" : t("s_any_number"));
  return parts.filter(Boolean).map((part) => part + t("stop")).join("");
}

/** After closing no clock of the unit runs. */
export const hasClock = ({ statuses }: { statuses: string[] }) => statuses.some((status) => status !== "closed");

function clockOf(row: Row, { t }: Words): string {
  if (!hasClock(row)) return "";
  if (!row.stops_clock) return t("s_clock_runs");
  return t("s_clock_stops") + t(row.refusal_gives_time_back ? "s_given_back" : "s_not_given_back");
}

function shareOf(row: Row, { t }: Words): string {
  if (!row.ceiling) return t("s_no_ceiling");
  return t("s_share", { warning: (row.warning ?? 0) / 10, ceiling: row.ceiling / 10, base: row.share_base, days: row.share_days });
}

/** A rule as it is edited: shares in per cent, the time to decide in two parts, from when on, and why. */

import type { ApprovalRow, ApprovalRowDraft } from "@gezhi/api";

export interface Draft extends Required<Omit<ApprovalRowDraft, "decide_within">> {
  within: number;
  withinUnit: string;
  valid_from: string;
  reason: string;
}

export function draftOf(row: ApprovalRow, today: string): Draft {
  return {
    askers: row.askers, statuses: row.statuses,
    steps: row.steps, steps_again: row.steps_again ?? [], above_ceiling: row.above_ceiling ?? [],
    most_granted: row.most_granted ?? 0, most_asked: row.most_asked ?? 0, longest: row.longest ?? 0, share_base: row.share_base ?? 0,
    share_days: row.share_days ?? 30,
    longest_in_all: row.longest_in_all ?? 0, form_for: row.form_for ?? [], form_again: row.form_again ?? false,
    steps_form: row.steps_form ?? [],
    before_deadline: row.before_deadline ?? false, needs_proof: row.needs_proof ?? false, stops_clock: row.stops_clock ?? false,
    refusal_gives_time_back: row.refusal_gives_time_back ?? false, exempts: row.exempts ?? false,
    undecided_expires: row.undecided_expires ?? false,
    warning: (row.warning ?? 0) / 10, ceiling: (row.ceiling ?? 0) / 10,
    within: row.decide_within.value, withinUnit: row.decide_within.unit,
    valid_from: today, reason: "",
  };
}

/** What the server takes: shares per mille, what cannot be true together left out. */
export function bodyOf(draft: Draft): { row: ApprovalRowDraft; valid_from: string; reason: string } {
  const { within, withinUnit, valid_from, reason, warning, ceiling, ...row } = draft;
  return {
    row: {
      ...row,
      refusal_gives_time_back: row.stops_clock && row.refusal_gives_time_back,
      warning: perMille(warning), ceiling: perMille(ceiling),
      decide_within: { value: within, unit: withinUnit },
    },
    valid_from, reason: reason.trim(),
  };
}

const perMille = (percent: number) => Math.round(Number(percent) * 10);

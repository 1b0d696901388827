/** Codes and words of the life-cycle, exported from the server's one table. */

import codes from "./codes.json";

export interface Coded {
  zh: string;
  en: string;
}

export const STATUSES: Record<string, Coded & { stage: number; final: boolean }> = codes.statuses;
export const COMMANDS: Record<string, Coded> = codes.commands;

/** A kind of application: the command that asks for it, and the parts of its form beside reason and proof. */
export interface ApplicationKind extends Coded {
  command: string;
  parts: { name: "value" | "until"; part: "amount" | "moment" }[];
  /** Never asked for in several cases at once. */
  one_by_one: boolean;
  /** The entry of the log that grants it. */
  granted: string;
  /** What is asked for, in words: `{more}` is an amount of time, `{until}` a moment. */
  what: Coded | null;
  /** What the longest that can be granted counts. */
  longest_in: "percent" | "days" | null;
  /** What explains the ledger while nothing stands in it. */
  empty: Coded;
}

/** In the order of the ledgers. */
export const APPLICATIONS = codes.applications as Record<string, ApplicationKind>;

/** The word for each code of the server, by what it is a code of: nobody writes one of them again. */
const WORDS = {
  document_step: codes.document_steps,
  status: codes.statuses, stage: codes.stages, command: codes.commands, clock: codes.clocks, closing: codes.closing_kinds,
  role: codes.roles, step: codes.steps, application: codes.applications, outcome: codes.outcomes, manner: codes.manners,
  end: codes.ends, fullness: codes.fullness, difficulty: codes.difficulties, picture_mark: codes.picture_marks, pattern: codes.patterns,
  order_kind: codes.order_kinds, order_state: codes.order_states, addressee: codes.addressees, begins: codes.begins,
  entry_kind: codes.entry_kinds, entry_state: codes.entry_states, major_state: codes.major_states, why: codes.whys,
  decision: codes.decisions, handover: codes.handovers,
  major_level: codes.major_levels, order_level: codes.order_levels, measure: codes.measures, document: codes.document_kinds,
  standing: codes.standings, basis: codes.bases, message: codes.message_states, opening: codes.opening_reasons,
  proposal: codes.proposal_states, opinion: codes.proposal_opinions, body: codes.body_kinds, reach: codes.reaches,
  staff_deed: codes.staff_deeds, amendment: codes.amendment_states, correspondence: codes.correspondences,
  coordinate_system: codes.coordinate_systems, holder: codes.holders, channel_group: codes.channel_groups,
  dataset: codes.datasets, currency: codes.currencies,
  verdict: codes.verdicts, import_state: codes.import_states, import_stage: codes.import_stages, import_act: codes.import_acts,
};
export type WordKind = keyof typeof WORDS;

export const wordsOf = (kind: WordKind): Record<string, Coded> => WORDS[kind];
export const codesOf = <K extends WordKind>(kind: K) => Object.keys(WORDS[kind]) as (keyof (typeof WORDS)[K] & string)[];

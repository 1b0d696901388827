/** Codes and words of the life-cycle, exported from the server's one table. */

import codes from "./codes.json";

export interface Coded {
  zh: string;
  en: string;
}

export const STATUSES: Record<string, Coded & { stage: number; final: boolean }> = codes.statuses;
export const STAGES: Record<string, Coded> = codes.stages;
export const COMMANDS: Record<string, Coded> = codes.commands;
export const CLOCKS: Record<string, Coded> = codes.clocks;
export const CLOSING_KINDS: Record<string, Coded> = codes.closing_kinds;
export const ROLES: Record<string, Coded> = codes.roles;

/** A kind of application: the command that asks for it, and the parts of its form beside reason and proof. */
export interface ApplicationKind extends Coded {
  command: string;
  parts: { name: "value" | "until"; part: "amount" | "moment" }[];
  /** What is asked for, in words: `{more}` is an amount of time, `{until}` a moment. */
  what: Coded | null;
  /** What the longest that can be granted counts. */
  longest_in: "percent" | "days" | null;
  /** What explains the ledger while nothing stands in it. */
  empty: Coded;
}

/** In the order of the ledgers. */
export const APPLICATIONS = codes.applications as Record<string, ApplicationKind>;

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

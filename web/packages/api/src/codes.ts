/** Codes and words of the life-cycle, exported from the server's one table. */

import codes from "./codes.json";

export interface Coded {
  zh: string;
  en: string;
}

export const STATUSES: Record<string, Coded & { stage: number; final: boolean }> = codes.statuses;
export const STAGES: Record<string, Coded> = codes.stages;
export const COMMANDS: Record<string, Coded> = codes.commands;

/** What may be chosen where a form gives a choice. */

import { CLOSING_KINDS } from "@gezhi/api/codes";

import type { Values } from "./values";

export interface Choice {
  value: unknown;
  /** A key of the feature's strings, or the word itself in two languages. */
  word: string | { zh: string; en: string };
}

const LEVELS = [1, 2, 3];
const MANNERS = ["meeting", "government", "substitute"];

export function choicesOf(name: string, suggestion: Values): Choice[] {
  if (name === "kind") return Object.entries(CLOSING_KINDS).map(([value, word]) => ({ value, word }));
  if (name === "level") return LEVELS.map((value) => ({ value, word: `level_${value}` }));
  if (name === "manner") return MANNERS.map((value) => ({ value, word: `manner_${value}` }));
  const passedOn = name === "granted" && suggestion.is_last === false;
  const both = [{ value: true, word: passedOn ? "granted_on" : `${name}_yes` }, { value: false, word: `${name}_no` }];
  return name === "inspection_required" && suggestion.inspection_always ? both.slice(0, 1) : both;
}

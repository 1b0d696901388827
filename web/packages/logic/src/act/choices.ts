/** What may be chosen where a form gives a choice. */

import { wordsOf } from "@gezhi/api/codes";

import type { Suggestion } from "./forms";

export interface Choice {
  value: unknown;
  /** A key of the feature's strings, or the word itself in two languages. */
  word: string | { zh: string; en: string };
}

export function choicesOf(name: string, suggestion: Suggestion): Choice[] {
  if (name === "collector_id") {
    return (suggestion.collectors ?? []).map(({ id, name: who, beat, shift }) =>
      ({ value: id, word: { zh: `${who} · ${beat} · ${shift.zh}`, en: `${who} · ${beat} · ${shift.en}` } }));
  }
  if (name === "kind") return closingKinds(suggestion).map(([value, word]) => ({ value, word }));
  if (name === "level") return Object.entries(wordsOf("major_level")).map(([value, word]) => ({ value: Number(value), word }));
  if (name === "manner") return Object.entries(wordsOf("manner")).map(([value, word]) => ({ value, word }));
  const passedOn = name === "granted" && suggestion.is_last === false;
  const both = [{ value: true, word: passedOn ? "granted_on" : `${name}_yes` }, { value: false, word: `${name}_no` }];
  return name === "inspection_required" && suggestion.inspection_always ? both.slice(0, 1) : both;
}

const ORDINARY = ["normal", "late"];

/** Of the two ordinary kinds only the one that fits whether the handling was late. */
function closingKinds({ kind }: Suggestion) {
  return Object.entries(wordsOf("closing")).filter(([value]) => !ORDINARY.includes(value) || !kind || value === kind);
}

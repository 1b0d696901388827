/** The field's standard terms, the same on every screen. */

import { codesOf, wordsOf, type Coded, type WordKind } from "@gezhi/api";
import { sayable, type LimitUnit } from "@gezhi/logic";
import { shallowReactive } from "vue";

import { say, useStrings } from "../language";
import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;
type Kind = WordKind | Named | "light" | "kind" | "unit";
type Named = "channel";

/** Words that are data of the city; empty until it is known. */
const named = shallowReactive<Record<Named, Record<string, Coded>>>({ channel: {} });

export function nameWords(kind: Named, words: readonly (Coded & { key: string })[]): void {
  named[kind] = Object.fromEntries(words.map((word) => [word.key, word]));
}

export function useTerms() {
  const t = useStrings(zh, en);
  const term = (kind: Kind, code: string | number): string => {
    const coded = kind in named ? named[kind as Named][code] : wordsOf(kind as WordKind)?.[code];
    if (coded) return say(coded.zh, coded.en);
    const key = `${kind}_${code}`.replaceAll("-", "_");
    return key in zh ? t(key as Key) : String(code);
  };
  return {
    term,
    /** Who did something: a name, or the word for the system, which has none. */
    person: (name: string) => (name === wordsOf("role").system?.zh ? term("role", "system") : name),
    /** Every code of a closed list with its word, to choose from. */
    choices: (kind: WordKind) => codesOf(kind).map((value) => ({ value: value as string, word: term(kind, value) })),
    limit: (value: number, unit: LimitUnit) => t("limit", { value, unit: term("unit", unit) }),
    span: (seconds: number) => {
      const { value, unit } = sayable(seconds);
      return t(`span_${unit}`, { value });
    },
  };
}

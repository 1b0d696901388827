/** The field's standard terms, the same on every screen. */

import { APPLICATIONS, CLOCKS, CLOSING_KINDS, COMMANDS, ROLES, STAGES, STATUSES, type Coded } from "@gezhi/api";
import { sayable, type LimitUnit } from "@gezhi/logic";
import { shallowReactive } from "vue";

import { say, useStrings } from "../language";
import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;
type Kind = "status" | "stage" | "command" | "channel" | "clock" | "closing" | "role" | "light" | "kind" | "unit" | "application";

const CODED: Partial<Record<Kind, Record<string, Coded>>> = {
  status: STATUSES, stage: STAGES, command: COMMANDS, clock: CLOCKS, closing: CLOSING_KINDS, role: ROLES,
  application: APPLICATIONS,
};

/** Words that are data of the city; empty until it is known. */
const named = shallowReactive<Partial<Record<Kind, Record<string, Coded>>>>({});

export function nameWords(kind: Kind, words: readonly (Coded & { key: string })[]): void {
  named[kind] = Object.fromEntries(words.map((word) => [word.key, word]));
}

export function useTerms() {
  const t = useStrings(zh, en);
  const term = (kind: Kind, code: string | number): string => {
    const coded = (CODED[kind] ?? named[kind])?.[code];
    if (coded) return say(coded.zh, coded.en);
    const key = `${kind}_${code}`.replaceAll("-", "_");
    return key in zh ? t(key as Key) : String(code);
  };
  return {
    term,
    limit: (value: number, unit: LimitUnit) => t("limit", { value, unit: term("unit", unit) }),
    span: (seconds: number) => {
      const { value, unit } = sayable(seconds);
      return t(`span_${unit}`, { value });
    },
  };
}

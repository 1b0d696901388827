import { APPLICATIONS } from "@gezhi/api";
import { say, useStrings, useTerms } from "@gezhi/ui";
import { city } from "@gezhi/work";

import type { Words } from "../model/sentence";
import en from "./en.json";
import zh from "./zh.json";

/** The city's list of reasons for a kind. */
export const reasonsOf = (kind: string) =>
  (city.value?.reasons ?? []).filter(({ command }) => command === APPLICATIONS[kind]?.command);

/** The words that a rule is told in. */
export function useRowWords(): Words {
  const t = useStrings(zh, en);
  const { term, limit } = useTerms();
  return {
    t, limit,
    role: (role) => term("step", role),
    status: (status) => term("status", status),
    kind: (kind) => term("application", kind).toLowerCase(),
    reason: (kind, code) => {
      const found = reasonsOf(kind).find((one) => one.code === code);
      return found ? say(found.zh, found.en) : code;
    },
  };
}

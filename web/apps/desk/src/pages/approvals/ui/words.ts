import { useStrings, useTerms } from "@gezhi/ui";

import type { Words } from "../model/sentence";
import en from "./en.json";
import zh from "./zh.json";

/** The words that a rule is told in. */
export function useRowWords(): Words {
  const t = useStrings(zh, en);
  const { term, limit } = useTerms();
  return {
    t, limit,
    role: (role) => term("step", role),
    status: (status) => term("status", status),
    kind: (kind) => term("application", kind).toLowerCase(),
  };
}

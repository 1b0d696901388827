import { say, useStrings, useTerms } from "@gezhi/ui";

import type { Words } from "../model/settings";
import en from "./en.json";
import zh from "./zh.json";

/** The words that settings are told in. */
export function useSettingWords(): Words {
  const t = useStrings(zh, en);
  const { term, limit } = useTerms();
  return {
    t, limit,
    clock: (kind) => term("clock", kind),
    holder: (holder) => term("holder", holder),
    command: (word) => term("command", word),
    named: (word) => say(word.zh, word.en),
  };
}

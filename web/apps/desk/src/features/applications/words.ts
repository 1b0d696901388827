/** An application in words: what is asked for, how it stands, how full the unit's share is. */

import { APPLICATIONS, type Application } from "@gezhi/api";
import { sayMoment, type LimitUnit } from "@gezhi/logic";
import { language, say, useNow, useStrings, useTerms } from "@gezhi/ui";

import en from "./en.json";
import zh from "./zh.json";

/** Per mille as people read it. */
export const percent = (share: number) => `${share / 10}%`;

export function useApplicationWords() {
  const t = useStrings(zh, en);
  const { limit, term } = useTerms();
  const now = useNow();
  return {
    whatOf({ kind, value, value_unit: unit, until_at: until }: Application): string {
      const what = APPLICATIONS[kind]?.what;
      return say(what?.zh ?? "", what?.en)
        .replace("{more}", value != null && unit ? limit(value, unit as LimitUnit) : "")
        .replace("{until}", until ? sayMoment(until, language.value, now.value) : "");
    },
    /** The word for the tag, and its colour. */
    outcomeOf({ outcome }: Application): { word: string; tone: string } {
      const tone = outcome === "granted" ? "green" : outcome === "refused" ? "red" : outcome ? "" : "accent";
      return { word: term("outcome", outcome ?? "pending"), tone };
    },
    shareOf({ share, ceiling, is_above: above }: Application): string {
      if (share == null) return "";
      if (!ceiling) return percent(share);
      return t(above ? "share_above" : "share_within", { share: percent(share), ceiling: percent(ceiling) });
    },
  };
}

/** Dates of effect in words. */

import { language, useStrings } from "@gezhi/ui";

import en from "./en.json";
import zh from "./zh.json";

export function useDates() {
  const t = useStrings(zh, en);
  const day = (iso: string): string => {
    const [year, month, date] = iso.split("-").map(Number);
    return language.value === "en" ? iso : t("day", { year: year ?? "", month: month ?? "", date: date ?? "" });
  };
  return {
    day,
    /** "2026年1月5日起施行", "2025年1月1日至2026年1月4日". */
    force: (from: string, to: string | null) => (to ? t("until", { from: day(from), to: day(to) }) : t("since", { from: day(from) })),
  };
}

/** The months of a year as a calendar shows them: weeks from Monday on, each day with what it is. */

import type { HolidayDay } from "@gezhi/api";

export type Kind = "off" | "legal" | "work" | "weekend" | "plain";

export interface Cell {
  on: string;
  day: number;
  kind: Kind;
  name: string;
}

export interface Month {
  first: string;
  weeks: (Cell | null)[][];
}

const WEEK = 7;
const SATURDAY = 5;
const iso = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
/** Monday is 0. */
const weekday = (on: string) => (new Date(on).getUTCDay() + WEEK - 1) % WEEK;

function kindOf(on: string, day: HolidayDay | undefined, legal: ReadonlySet<string>): Kind {
  if (day?.worked) return "work";
  if (day) return legal.has(on) ? "legal" : "off";
  return weekday(on) >= SATURDAY ? "weekend" : "plain";
}

/** Twelve months, and the last of the year before where a day lies in it. */
export function monthsOf(year: number, days: readonly HolidayDay[], legal: ReadonlySet<string>): Month[] {
  const byDay = new Map(days.map((day) => [day.on, day]));
  const months: Month[] = [];
  for (let month = days.some(({ on }) => on < iso(year, 0, 1)) ? -1 : 0; month < 12; month += 1) {
    const first = iso(year, month, 1);
    const cells: (Cell | null)[] = Array.from({ length: weekday(first) }, () => null);
    for (let day = 1, on = first; on.slice(0, 7) === first.slice(0, 7); day += 1, on = iso(year, month, day)) {
      cells.push({ on, day, kind: kindOf(on, byDay.get(on), legal), name: byDay.get(on)?.name ?? "" });
    }
    while (cells.length % WEEK) cells.push(null);
    months.push({ first, weeks: Array.from({ length: cells.length / WEEK }, (_, week) => cells.slice(week * WEEK, (week + 1) * WEEK)) });
  }
  return months;
}

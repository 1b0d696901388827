/** Days of a year as people read and write them: a holiday from a day to a day, and single days that are worked. */

import type { HolidayDay } from "@gezhi/api";

export interface Span {
  name: string;
  first: string;
  last: string;
  worked: boolean;
}

const DAY_MS = 86_400_000;
const LONGEST = 31;

export const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** Neighbouring days of one name become one span. */
export function spansOf(days: HolidayDay[]): Span[] {
  const spans: Span[] = [];
  for (const { on, worked, name } of [...days].sort((a, b) => a.on.localeCompare(b.on))) {
    const before = spans.at(-1);
    if (before?.worked === worked && before.name === name && dayAfter(before.last) === on) before.last = on;
    else spans.push({ name, first: on, last: on, worked });
  }
  return spans;
}

/** The single days again; a span without an end is one day, one that ends before it begins is none. */
export function daysOf(spans: Span[]): HolidayDay[] {
  return spans.filter(({ first }) => first).flatMap(({ name, first, last, worked }) => {
    const days: HolidayDay[] = [];
    for (let on = first; on <= (last || first) && days.length < LONGEST; on = dayAfter(on)) days.push({ on, worked, name: name.trim() });
    return days;
  });
}

export const lengthOf = (span: Span) => daysOf([span]).length;

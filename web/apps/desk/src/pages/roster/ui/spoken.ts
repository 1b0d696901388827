/** Days and shifts of the roster as the wall calendar of China has them. */

import { wallTime } from "@gezhi/logic";

const DAY_MS = 86_400_000;

export const today = () => wallTime(Date.now()).slice(0, 10);
export const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** The day on which a shift begins, its times, and whether it ends on the next. */
export function spanOf(startsAt: string, endsAt: string) {
  const starts = wallTime(Date.parse(startsAt));
  const ends = wallTime(Date.parse(endsAt));
  const day = starts.slice(0, 10);
  return { day, from: starts.slice(11), until: ends.slice(11), overnight: ends.slice(0, 10) > day };
}

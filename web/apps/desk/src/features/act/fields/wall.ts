/** China keeps one time zone, and so does every form. */

const AHEAD = 8 * 3_600_000;

/** A moment in milliseconds as `2026-03-02T09:30`, for inputs of the browser. */
export function wallTime(ms: number): string {
  return new Date(ms + AHEAD).toISOString().slice(0, 16);
}

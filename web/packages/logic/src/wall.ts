/** China keeps one time zone, and so does every form. */

const AHEAD = 8 * 3_600_000;

/** A moment in milliseconds as `2026-03-02T09:30`, for inputs of the browser. */
export function wallTime(ms: number): string {
  return new Date(ms + AHEAD).toISOString().slice(0, 16);
}

/** What the clock on the wall shows, as a moment with its zone; null for nothing. */
export function momentOf(wall: unknown): string | null {
  return typeof wall === "string" && wall ? `${wall.length === 16 ? `${wall}:00` : wall}+08:00` : null;
}

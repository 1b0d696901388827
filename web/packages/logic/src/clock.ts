/** What a clock of the server shows now. The server computes; a face only counts down. */

export type Light = "green" | "yellow" | "red" | "none";
export type LimitUnit = "minute" | "urgent_hour" | "urgent_day" | "work_hour" | "work_day";

export interface ClockFacts {
  unit: LimitUnit;
  warn_at: string | null;
  due_at: string | null;
  paused: boolean;
  remaining: { value: number; unit: LimitUnit; late: boolean } | null;
}

export interface Shown {
  light: Light;
  value: number;
  unit: LimitUnit;
  late: boolean;
  paused: boolean;
}

const SECONDS: Partial<Record<LimitUnit, number>> = { minute: 60, urgent_hour: 3600, urgent_day: 86_400 };

export function lightOf(clock: ClockFacts, now: number): Light {
  if (!clock.due_at) return "none";
  if (now >= Date.parse(clock.due_at)) return "red";
  if (clock.warn_at && now >= Date.parse(clock.warn_at)) return "yellow";
  return "green";
}

/**
 * Natural units tick here from `due_at`; working units keep the server's figure, because only its calendar knows which
 * hours count. The unit steps down to minutes in the last hour and up to days beyond two of them.
 */
export function showClock(clock: ClockFacts, now: number): Shown | null {
  const { remaining } = clock;
  if (!clock.due_at || !remaining) return null;
  if (clock.paused) return { ...remaining, light: remaining.late ? "red" : "none", paused: true };
  const light = lightOf(clock, now);
  const late = light === "red";
  if (SECONDS[remaining.unit] === undefined && late === remaining.late) {
    return { ...remaining, light, late, paused: false };
  }
  const left = Math.abs(Date.parse(clock.due_at) - now) / 1000;
  return { ...natural(left), light, late, paused: false };
}

function natural(seconds: number): { value: number; unit: LimitUnit } {
  if (seconds < 3600) return { value: Math.floor(seconds / 60), unit: "minute" };
  if (seconds < 2 * 86_400) return { value: tenth(seconds / 3600), unit: "urgent_hour" };
  return { value: tenth(seconds / 86_400), unit: "urgent_day" };
}

const tenth = (value: number) => (value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value));

/** Share of the limit that is used, 0..1 and beyond when late. */
export function usedShare(startedAt: string, dueAt: string, now: number): number {
  const start = Date.parse(startedAt);
  const whole = Date.parse(dueAt) - start;
  return whole <= 0 ? 1 : Math.max(0, (now - start) / whole);
}

/** What a clock of the server shows now. The server computes; a face only counts down. */

export type Light = "green" | "yellow" | "red" | "none";
export type LimitUnit = "minute" | "urgent_hour" | "urgent_day" | "work_hour" | "work_day";

export interface ClockFacts {
  kind: string;
  state: "running" | "paused" | "ended";
  late: boolean;
  warn_at: string;
  due_at: string;
  remaining: { value: number; unit: LimitUnit; late: boolean } | null;
}

export interface Shown {
  light: Light;
  value: number;
  unit: LimitUnit;
  late: boolean;
}

const NATURAL = new Set<LimitUnit>(["minute", "urgent_hour", "urgent_day"]);

export function lightOf(clock: ClockFacts, now: number): Light {
  if (clock.state !== "running") return clock.late ? "red" : "none";
  // A suspension ends at its end: it is never late.
  if (now > Date.parse(clock.due_at)) return clock.kind === "suspension" ? "yellow" : "red";
  return now >= Date.parse(clock.warn_at) ? "yellow" : "green";
}

const SOON_MS = 24 * 3_600_000;

/** The light of what is due by a moment, without a clock of its own. */
export function dueLight(due: string, done: boolean, now: number): Light {
  if (done) return "none";
  const left = Date.parse(due) - now;
  return left < 0 ? "red" : left < SOON_MS ? "yellow" : "green";
}

/**
 * What is left of a running clock. Natural time ticks here; working time keeps the server's figure, because only its
 * calendar knows which hours count, until the moment when it turns late. Null for a clock that does not run.
 */
export function showClock(clock: ClockFacts, now: number): Shown | null {
  const { remaining } = clock;
  if (clock.state !== "running" || !remaining) return null;
  const light = lightOf(clock, now);
  const late = light === "red";
  if (!NATURAL.has(remaining.unit) && late === remaining.late) return { value: remaining.value, unit: remaining.unit, light, late };
  return { ...natural(Math.abs(Date.parse(clock.due_at) - now) / 1000), light, late };
}

function natural(seconds: number): { value: number; unit: LimitUnit } {
  if (seconds < 3600) return { value: Math.floor(seconds / 60), unit: "minute" };
  if (seconds < 2 * 86_400) return { value: tenth(seconds / 3600), unit: "urgent_hour" };
  return { value: tenth(seconds / 86_400), unit: "urgent_day" };
}

const tenth = (value: number) => (value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value));

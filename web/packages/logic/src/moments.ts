/** Moments as people say them. China keeps one time zone, so every face shows that one wherever it is read. */

const ZONE = "Asia/Shanghai";
const cache = new Map<string, Intl.DateTimeFormat>();

function format(language: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}/${name}`;
  let found = cache.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN", { timeZone: ZONE, ...options });
    cache.set(key, found);
  }
  return found;
}

function dayNumber(ms: number): number {
  return Math.floor((ms + 8 * 3_600_000) / 86_400_000);
}

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export function timeOf(iso: string, language: string): string {
  return format(language, "time", clock).format(new Date(iso));
}

/** "今天 09:12", "昨天 17:40", "9月3日 08:00", "2025年9月3日 08:00". */
export function sayMoment(iso: string, language: string, now: number): string {
  const ms = Date.parse(iso);
  const days = dayNumber(ms) - dayNumber(now);
  if (Math.abs(days) <= 1) {
    const word = new Intl.RelativeTimeFormat(language === "en" ? "en-GB" : "zh-CN", { numeric: "auto" }).format(days, "day");
    return `${word} ${timeOf(iso, language)}`;
  }
  const sameYear = format("en", "year", { year: "numeric" }).format(ms) === format("en", "year", { year: "numeric" }).format(now);
  const short: Intl.DateTimeFormatOptions = { month: language === "en" ? "short" : "long", day: "numeric" };
  if (sameYear) return `${format(language, "short", short).format(ms)} ${timeOf(iso, language)}`;
  return `${format(language, "year-day", { ...short, year: "numeric" }).format(ms)} ${timeOf(iso, language)}`;
}

/** The full moment, to the second, for a tooltip. */
export function fullMoment(iso: string, language: string): string {
  const options: Intl.DateTimeFormatOptions = {
    year: "numeric", month: "2-digit", day: "2-digit", weekday: "short", second: "2-digit", ...clock,
  };
  return format(language, "full", options).format(new Date(iso));
}

export interface Span {
  value: number;
  unit: "second" | "minute" | "hour" | "day";
}

/** A span of natural time in its largest fitting unit, one decimal below ten. */
export function sayable(seconds: number): Span {
  const abs = Math.max(0, seconds);
  if (abs < 60) return { value: Math.floor(abs), unit: "second" };
  if (abs < 3600) return { value: Math.floor(abs / 60), unit: "minute" };
  const [size, unit] = abs < 2 * 86_400 ? ([3600, "hour"] as const) : ([86_400, "day"] as const);
  const value = abs / size;
  return { value: value < 10 ? Math.round(value * 10) / 10 : Math.round(value), unit };
}

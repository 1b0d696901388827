/** The filters of a work list, as they stand in the address. */

export const FILTER_NAMES = [
  "queue", "q", "status", "light", "handling_late", "class_key", "region", "unit", "channel", "since", "until", "sort",
] as const;

export type FilterName = (typeof FILTER_NAMES)[number];
export type Filters = Partial<Record<FilterName, string>>;

export function readFilters(address: Record<string, unknown>): Filters {
  const found: Filters = {};
  for (const name of FILTER_NAMES) {
    const given = address[name];
    const value: unknown = Array.isArray(given) ? given[0] : given;
    if (typeof value === "string" && value.trim()) found[name] = value.trim();
  }
  return found;
}

/** Empty values vanish, so that one list has one address. */
export function writeFilters(filters: Filters): Record<string, string> {
  const written: Record<string, string> = {};
  for (const name of FILTER_NAMES) {
    const value = filters[name];
    if (value) written[name] = value;
  }
  return written;
}

function dayAfter(day: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? day : new Date(ms + 86_400_000).toISOString().slice(0, 10);
}

/** What the server is asked: days become the moment at which they begin, and the first that is no longer theirs. */
export function askFilters(filters: Filters): Record<string, string> {
  const asked = writeFilters(filters);
  if (asked.since) asked.since = `${asked.since}T00:00:00+08:00`;
  if (asked.until) asked.until = `${dayAfter(asked.until)}T00:00:00+08:00`;
  return asked;
}

export function countFilters(filters: Filters): number {
  return Object.keys(writeFilters(filters)).filter((name) => name !== "queue" && name !== "sort").length;
}

/** The filters of a work list, as they stand in the address. */

export const FILTER_NAMES = [
  "queue", "q", "status", "light", "class_key", "region", "unit", "channel", "since", "until", "sort",
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

/** What the server is asked: days become the moments at which they begin and end. */
export function askFilters(filters: Filters): Record<string, string> {
  const asked = writeFilters(filters);
  if (asked.since) asked.since = `${asked.since}T00:00:00+08:00`;
  if (asked.until) asked.until = `${asked.until}T23:59:59+08:00`;
  return asked;
}

export function countFilters(filters: Filters): number {
  return Object.keys(writeFilters(filters)).filter((name) => name !== "queue" && name !== "sort").length;
}

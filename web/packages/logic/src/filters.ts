/** The filters of a work list, as they stand in the address. */

export const FILTER_NAMES = [
  "queue", "q", "status", "light", "class_key", "region", "unit", "channel", "from", "to", "sort",
] as const;

export type FilterName = (typeof FILTER_NAMES)[number];
export type Filters = Partial<Record<FilterName, string>>;
type Address = Record<string, unknown>;

export function readFilters(query: Address): Filters {
  const found: Filters = {};
  for (const name of FILTER_NAMES) {
    const given = query[name];
    const value = Array.isArray(given) ? given[0] : given;
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

export function countFilters(filters: Filters): number {
  return Object.keys(writeFilters(filters)).filter((name) => name !== "queue" && name !== "sort").length;
}

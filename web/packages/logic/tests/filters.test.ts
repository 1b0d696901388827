import fc from "fast-check";
import { expect, test } from "vitest";

import { askFilters, countFilters, FILTER_NAMES, readFilters, writeFilters, type Filters } from "../src";

const word = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== "");
const filters = fc.record(
  Object.fromEntries(FILTER_NAMES.map((name) => [name, word])), { requiredKeys: [] },
) as fc.Arbitrary<Filters>;

test("filters come back from the address as they went in", () => {
  fc.assert(fc.property(filters, (given) => {
    expect(readFilters(writeFilters(given))).toEqual(given);
  }));
});

test("empty and strange parts of an address are left out", () => {
  expect(readFilters({ queue: "reported", q: "  ", light: ["red", "green"], case: "x", unit: 3 }))
    .toEqual({ queue: "reported", light: "red" });
});

test("days begin and end as days in China do", () => {
  expect(askFilters({ since: "2026-11-01", until: "2026-11-02" }))
    .toEqual({ since: "2026-11-01T00:00:00+08:00", until: "2026-11-03T00:00:00+08:00" });
  expect(askFilters({ until: "2026-12-31" })).toEqual({ until: "2027-01-01T00:00:00+08:00" });
});

test("queue and order are no filters that one could clear", () => {
  expect(countFilters({ queue: "handling", sort: "newest", light: "red", q: "7" })).toBe(2);
});

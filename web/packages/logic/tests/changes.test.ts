import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { growthOf, hearChanges, startReading, type Row } from "../src";

const row = (id: string, seq = 1, status = "reported") => ({ id, seq, status });
const reading = startReading([row("a"), row("b"), row("c")]);
const here = (one: Row) => ({ row: one, belongs: true, later: false });
const left = (one: Row) => ({ row: one, belongs: false, later: false });

describe("fresh rows under the reader's eyes", () => {
  test("a row on show is renewed in its place", () => {
    expect(hearChanges(reading, [here(row("b", 2))]).rows).toEqual([row("a"), row("b", 2), row("c")]);
  });

  test("a row that left stays where it is, marked", () => {
    const after = hearChanges(reading, [left(row("b", 2, "accepted"))]);
    expect(after.rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(after.gone).toEqual(["b"]);
  });

  test("a new row only announces itself, once", () => {
    const once = hearChanges(reading, [here(row("d"))]);
    const twice = hearChanges(once, [here(row("d", 2))]);
    expect(twice.waiting).toEqual(["d"]);
    expect(twice.rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  test("a new row that left again before it was shown is not announced any more", () => {
    const once = hearChanges(reading, [here(row("d"))]);
    expect(hearChanges(once, [left(row("d", 2, "accepted"))]).waiting).toEqual([]);
  });

  test("an older copy never replaces a newer one", () => {
    const newer = hearChanges(reading, [here(row("a", 5))]);
    expect(hearChanges(newer, [here(row("a", 4))]).rows[0]).toEqual(row("a", 5));
  });

  test("what comes in behind all that was read is no news yet", () => {
    expect(hearChanges(reading, [{ ...here(row("d")), later: true }])).toEqual(reading);
  });

  test("the number of the list grows by what comes and shrinks by what leaves", () => {
    const after = hearChanges(reading, [here(row("d")), here(row("e")), left(row("a", 2, "accepted"))]);
    expect(growthOf(reading, after)).toBe(1);
    const back = hearChanges(after, [here(row("a", 3)), left(row("e", 2, "accepted"))]);
    expect(growthOf(after, back)).toBe(0);
  });

  test("whatever comes, order and number of rows on show stay", () => {
    const fresh = fc.array(fc.record({
      id: fc.constantFrom("a", "b", "c", "d", "e"), seq: fc.nat(9), status: fc.constantFrom("reported", "accepted"),
    }));
    fc.assert(fc.property(fresh, (rows) => {
      const after = hearChanges(reading, rows.map((one) => (one.status === "reported" ? here(one) : left(one))));
      expect(after.rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    }));
  });
});

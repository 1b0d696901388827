import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { applyChanges, startReading } from "../src";

const row = (id: string, seq = 1, status = "reported") => ({ id, seq, status });
const reading = startReading([row("a"), row("b"), row("c")]);
const always = () => true;

describe("fresh rows under the reader's eyes", () => {
  test("a row on show is renewed in its place", () => {
    expect(applyChanges(reading, [row("b", 2)], always).rows).toEqual([row("a"), row("b", 2), row("c")]);
  });

  test("a row that left stays where it is, marked", () => {
    const after = applyChanges(reading, [row("b", 2, "accepted")], () => false);
    expect(after.rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(after.gone).toEqual(["b"]);
  });

  test("a new row only announces itself, once", () => {
    const once = applyChanges(reading, [row("d")], always);
    const twice = applyChanges(once, [row("d", 2)], always);
    expect(twice.waiting).toEqual(["d"]);
    expect(twice.rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  test("a new row that left again before it was shown is not announced any more", () => {
    const once = applyChanges(reading, [row("d")], always);
    expect(applyChanges(once, [row("d", 2, "accepted")], () => false).waiting).toEqual([]);
  });

  test("an older copy never replaces a newer one", () => {
    const newer = applyChanges(reading, [row("a", 5)], always);
    expect(applyChanges(newer, [row("a", 4)], always).rows[0]).toEqual(row("a", 5));
  });

  test("whatever comes, order and number of rows on show stay", () => {
    const fresh = fc.array(fc.record({
      id: fc.constantFrom("a", "b", "c", "d", "e"), seq: fc.nat(9), status: fc.constantFrom("reported", "accepted"),
    }));
    fc.assert(fc.property(fresh, (rows) => {
      const after = applyChanges(reading, rows, ({ status }) => status === "reported");
      expect(after.rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    }));
  });
});

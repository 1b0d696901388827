import { describe, expect, it } from "vitest";

import {
  assigned, cellQuery, filled, isSameWindow, isWithin, moved, nextMarked, unitAt, without, type Drafts, type Sheet,
} from "@desk/pages/duties/model/matrix";

const cell = (unit: number | null, more = {}) => ({
  unit_id: unit, units: unit === null ? 0 : 1, row_id: null, own: false, holes: unit === null ? 1 : 0, split: 0, conflicts: 0, changed: 0,
  before: null, pending: false, ...more,
});
const line = (code: string, major: boolean, cells: ReturnType<typeof cell>[]) => ({
  class: { key: `2026-part-${code}`, zh: "", en: "" }, code, major, minors: 1, cells,
});
const sheet: Sheet = {
  areas: [{ code: "a" }, { code: "b" }],
  lines: [
    line("01", true, [cell(1), cell(2)]),
    line("0101", false, [cell(1), cell(null)]),
    line("0102", false, [cell(3), cell(3, { conflicts: 1 })]),
  ],
};
const NONE: Drafts = new Map();
const told = (drafts: Drafts) => [...drafts].map(([key, { unit_id }]) => [key.replace("2026-part-", ""), unit_id]);
const whole = { from: { row: 0, column: 0 }, to: { row: 2, column: 1 } };
const minors = { from: { row: 2, column: 1 }, to: { row: 1, column: 0 } };

describe("the duty table as a sheet", () => {
  it("moves by arrows within its borders and leaves other keys alone", () => {
    expect(moved({ row: 0, column: 1 }, "ArrowDown", 3, 2)).toEqual({ row: 1, column: 1 });
    expect(moved({ row: 0, column: 1 }, "ArrowUp", 3, 2)).toEqual({ row: 0, column: 1 });
    expect(moved({ row: 2, column: 1 }, "ArrowRight", 3, 2)).toEqual({ row: 2, column: 1 });
    expect(moved({ row: 2, column: 1 }, "Home", 3, 2)).toEqual({ row: 2, column: 0 });
    expect(moved({ row: 2, column: 0 }, "x", 3, 2)).toBeNull();
    expect(isWithin(minors, { row: 1, column: 1 })).toBe(true);
    expect(isWithin(minors, { row: 0, column: 1 })).toBe(false);
  });

  it("fills down and right what the first row or column names; what a cell says already is no change", () => {
    expect(told(filled(sheet, NONE, minors, "down"))).toEqual([["0102@a", 1]]);
    expect(told(filled(sheet, NONE, minors, "right"))).toEqual([["0101@b", 1], ["0102@b", 3]]);
  });

  it("changes rows of one kind: those of major classes or those of minor ones", () => {
    expect(told(assigned(sheet, NONE, whole, 2))).toEqual([["01@a", 2]]);
    expect(told(assigned(sheet, NONE, minors, 3))).toEqual([["0101@a", 3], ["0101@b", 3], ["0102@b", 3]]);
  });

  it("fills on from what was filled in before, and takes it back", () => {
    const first = assigned(sheet, NONE, { from: { row: 1, column: 0 }, to: { row: 1, column: 0 } }, 9);
    expect(unitAt(sheet, first, { row: 1, column: 0 })).toBe(9);
    const all = filled(sheet, first, minors, "down");
    expect(told(all)).toEqual([["0101@a", 9], ["0102@a", 9]]);
    expect(told(without(all, sheet, { from: { row: 2, column: 0 }, to: { row: 2, column: 1 } }))).toEqual([["0101@a", 9]]);
    expect(told(assigned(sheet, all, { from: { row: 1, column: 0 }, to: { row: 1, column: 0 } }, 1))).toEqual([["0102@a", 9]]);
  });

  it("goes to the next cell that is marked, and round again", () => {
    expect(nextMarked(sheet, { row: 0, column: 0 }, "holes")).toEqual({ row: 1, column: 1 });
    expect(nextMarked(sheet, { row: 2, column: 1 }, "holes")).toEqual({ row: 1, column: 1 });
    expect(nextMarked(sheet, { row: 0, column: 0 }, "changed")).toBeNull();
  });

  it("shows lines only under the columns and days that they were asked for", () => {
    const window = (on: string, codes: string[], against: string | null = null) =>
      ({ on, against, areas: codes.map((code) => ({ code })) }) as Parameters<typeof isSameWindow>[0];
    expect(isSameWindow(window("2026-12-01", ["a", "b"]), window("2026-12-01", ["a", "b"]))).toBe(true);
    expect(isSameWindow(window("2026-12-01", ["a", "b"]), window("2026-12-01", ["a", "c"]))).toBe(false);
    expect(isSameWindow(window("2026-12-01", ["a"]), window("2026-11-01", ["a"]))).toBe(false);
    expect(isSameWindow(window("2026-12-01", ["a"], "2026-11-01"), window("2026-12-01", ["a"]))).toBe(false);
  });

  it("leads from a list to the cell, and to the test bench where an area has no column", () => {
    expect(cellQuery("2026-part-0101", "410105001")).toEqual({
      tab: "matrix", kind: "part", level: "street", cell: "2026-part-0101@410105001", open: "01",
    });
    expect(cellQuery("2026-part-01", "410105")).toEqual({ tab: "matrix", kind: "part", level: "county", cell: "2026-part-01@410105" });
    expect(cellQuery("2026-part-01", "")).toEqual({ tab: "trial", class: "2026-part-01" });
  });
});

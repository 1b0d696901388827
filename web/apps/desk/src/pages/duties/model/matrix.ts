/** The matrix as a sheet: where the cursor goes, which cells are chosen, and what filling them changes. */

import type { DutyMatrix, MatrixCell, MatrixLine } from "@gezhi/api";

export interface At {
  row: number;
  column: number;
}

export interface Range {
  from: At;
  to: At;
}

/** A change that is not sent yet: who shall answer for a class in an area. */
export interface Draft {
  class_key: string;
  area_code: string;
  unit_id: number;
}

export type Drafts = ReadonlyMap<string, Draft>;

export const MOST_DRAFTS = 200;

export const keyOf = (classKey: string, area: string) => `${classKey}@${area}`;

/** Where a key of the keyboard leads; null where it leads nowhere. */
export function moved(at: At, key: string, rows: number, columns: number): At | null {
  const moves: Record<string, At> = {
    ArrowUp: { ...at, row: at.row - 1 },
    ArrowDown: { ...at, row: at.row + 1 },
    ArrowLeft: { ...at, column: at.column - 1 },
    ArrowRight: { ...at, column: at.column + 1 },
    Home: { ...at, column: 0 },
    End: { ...at, column: columns - 1 },
  };
  const to = moves[key];
  if (!to) return null;
  return { row: Math.min(Math.max(to.row, 0), rows - 1), column: Math.min(Math.max(to.column, 0), columns - 1) };
}

/** The corners of what lies between two cells. */
export function cornersOf({ from, to }: Range) {
  return {
    top: Math.min(from.row, to.row), bottom: Math.max(from.row, to.row),
    left: Math.min(from.column, to.column), right: Math.max(from.column, to.column),
  };
}

export function isWithin(range: Range, at: At): boolean {
  const { top, bottom, left, right } = cornersOf(range);
  return at.row >= top && at.row <= bottom && at.column >= left && at.column <= right;
}

export interface Sheet {
  lines: readonly MatrixLine[];
  areas: readonly { code: string }[];
}

/** The unit that a cell names, a change that is not sent yet before what stands. */
export function unitAt({ lines, areas }: Sheet, drafts: Drafts, at: At): number | null {
  const line = lines[at.row];
  const draft = line && drafts.get(keyOf(line.class.key, areas[at.column]?.code ?? ""));
  return draft?.unit_id ?? line?.cells[at.column]?.unit_id ?? null;
}

/** Every cell of the range gets what its first row (down) or its first column (right) names; a cell without a unit gives none. */
export function filled(sheet: Sheet, drafts: Drafts, range: Range, direction: "down" | "right"): Drafts {
  const { top, left } = cornersOf(range);
  return changedIn(sheet, drafts, range, (at) =>
    unitAt(sheet, drafts, direction === "down" ? { ...at, row: top } : { ...at, column: left }));
}

/** Every cell of the range gets one unit. */
export const assigned = (sheet: Sheet, drafts: Drafts, range: Range, unit: number): Drafts =>
  changedIn(sheet, drafts, range, () => unit);

/** Of a range that begins in a major class only the major classes change, and the other way round: they are different rows of the table. */
function changedIn(sheet: Sheet, drafts: Drafts, range: Range, unitOf: (at: At) => number | null): Drafts {
  const { top, bottom, left, right } = cornersOf(range);
  let changed = drafts;
  for (let row = top; row <= bottom; row += 1) {
    if (sheet.lines[row]?.major !== sheet.lines[top]?.major) continue;
    for (let column = left; column <= right; column += 1) {
      const unit = unitOf({ row, column });
      if (unit !== null) changed = put(sheet, changed, { row, column }, unit);
    }
  }
  return changed;
}

/** What a cell says already is no change. */
function put({ lines, areas }: Sheet, drafts: Drafts, at: At, unit: number): Drafts {
  const [line, area] = [lines[at.row], areas[at.column]];
  if (!line || !area) return drafts;
  const key = keyOf(line.class.key, area.code);
  const changed = new Map(drafts);
  if (saysAlready(line.cells[at.column], unit)) changed.delete(key);
  else changed.set(key, { class_key: line.class.key, area_code: area.code, unit_id: unit });
  return changed;
}

const saysAlready = (cell: MatrixCell | undefined, unit: number) => cell?.unit_id === unit && !cell.holes && !cell.conflicts;

export function without(drafts: Drafts, sheet: Sheet, range: Range): Drafts {
  const kept = new Map(drafts);
  sheet.lines.forEach((line, row) => sheet.areas.forEach((area, column) => {
    if (isWithin(range, { row, column })) kept.delete(keyOf(line.class.key, area.code));
  }));
  return kept;
}

/** The next cell after one that is marked, line by line and round again; null where none is. */
export function nextMarked(sheet: Sheet, after: At, mark: "holes" | "conflicts" | "changed"): At | null {
  const columns = sheet.areas.length;
  const count = sheet.lines.length * columns;
  const start = after.row * columns + after.column;
  for (let step = 1; step <= count; step += 1) {
    const place = (start + step) % count;
    const at = { row: Math.floor(place / columns), column: place % columns };
    if (sheet.lines[at.row]?.cells[at.column]?.[mark]) return at;
  }
  return null;
}

/** Whether the lines of two answers stand under the same columns and speak of the same days. */
export function isSameWindow(one: DutyMatrix, other: DutyMatrix): boolean {
  const columns = (matrix: DutyMatrix) => [matrix.on, matrix.against, ...matrix.areas.map(({ code }) => code)].join();
  return columns(one) === columns(other);
}

const LEVEL_OF_DIGITS: Record<number, string> = { 6: "county", 9: "street", 12: "community" };

/** The address of one cell; of an area that has no column (the whole city, a grid) that of the test bench. */
export function cellQuery(classKey: string, area: string): Record<string, string> {
  const [, kind = "", code = ""] = classKey.split("-");
  const level = LEVEL_OF_DIGITS[area.length];
  if (!level) return { tab: "trial", class: classKey, ...(area && { area }) };
  return { tab: "matrix", kind, level, cell: `${classKey}@${area}`, ...(code.length > 2 && { open: code.slice(0, 2) }) };
}

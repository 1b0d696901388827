/** Fresh rows from the server, without moving what somebody is reading. */

export interface Row {
  id: string;
  seq: number;
  status: string;
}

export interface Reading<R extends Row> {
  rows: R[];
  /** Ids that changed but are not shown: they wait behind a bar. */
  waiting: string[];
  /** Ids shown that have left the list's status since it was read. */
  gone: string[];
}

export function startReading<R extends Row>(rows: R[]): Reading<R> {
  return { rows, waiting: [], gone: [] };
}

/** What the server says about a row that changed: whether it is in the list now, and then whether behind what was read. */
export interface Change<R extends Row> {
  row: R;
  belongs: boolean;
  later: boolean;
}

/** Rows on show are renewed in their place; a row that left stays, marked; new ones only announce themselves. */
export function hearChanges<R extends Row>(reading: Reading<R>, changes: Change<R>[]): Reading<R> {
  if (changes.length === 0) return reading;
  const byId = new Map(changes.map(({ row }) => [row.id, row]));
  const shown = new Set(reading.rows.map((row) => row.id));
  const waiting = new Set(reading.waiting);
  const gone = new Set(reading.gone);
  for (const { row, belongs, later } of changes) {
    if (shown.has(row.id)) mark(gone, row.id, !belongs);
    else mark(waiting, row.id, belongs && !later);
  }
  const rows = reading.rows.map((row) => {
    const newer = byId.get(row.id);
    return newer && newer.seq >= row.seq ? newer : row;
  });
  return { rows, waiting: [...waiting], gone: [...gone] };
}

/** By how many the list has grown between two readings, as far as it was read. */
export function growthOf(before: Reading<Row>, now: Reading<Row>): number {
  return now.waiting.length - before.waiting.length - (now.gone.length - before.gone.length);
}

function mark(set: Set<string>, id: string, present: boolean): void {
  if (present) set.add(id);
  else set.delete(id);
}

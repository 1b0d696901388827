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

/** Rows on show are renewed in their place; a row that left stays, marked; new ones only announce themselves. */
export function applyChanges<R extends Row>(
  reading: Reading<R>, fresh: R[], belongs: (row: R) => boolean,
): Reading<R> {
  if (fresh.length === 0) return reading;
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const shown = new Set(reading.rows.map((row) => row.id));
  const waiting = new Set(reading.waiting);
  const gone = new Set(reading.gone);
  for (const row of fresh) {
    if (shown.has(row.id)) mark(gone, row.id, !belongs(row));
    else mark(waiting, row.id, belongs(row));
  }
  const rows = reading.rows.map((row) => {
    const newer = byId.get(row.id);
    return newer && newer.seq >= row.seq ? newer : row;
  });
  return { rows, waiting: [...waiting], gone: [...gone] };
}

function mark(set: Set<string>, id: string, present: boolean): void {
  if (present) set.add(id);
  else set.delete(id);
}

/** Organisations as a tree in the order in which they are read, and what of it is shown. */

import { findOrganisations, listStaffing, listUnitsWithoutAccount, type StaffedBody } from "@gezhi/api";

export interface Branch {
  body: StaffedBody;
  depth: number;
  parents: number[];
}

/** All pages, one after the other: a city has some hundred bodies. */
export async function readAll<T>(page: (cursor: string) => Promise<{ items: T[]; next_cursor: string | null }>): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { items, next_cursor }: { items: T[]; next_cursor: string | null } = await page(cursor);
    found.push(...items);
    cursor = next_cursor;
  }
  return found;
}

export const readBodies = (signal: AbortSignal) => readAll((cursor) => listStaffing({ cursor, limit: 200 }, signal));
export const readNamed = async (q: string, signal: AbortSignal) =>
  new Set((await readAll((cursor) => findOrganisations({ q, cursor, limit: 200 }, signal))).map((one) => one.id));
export const readUnmanned = async (signal: AbortSignal) =>
  new Map((await readAll((cursor) => listUnitsWithoutAccount({ cursor, limit: 200 }, signal))).map((one) => [one.unit.id, one.rows]));

/** From the roots down, children after their parent; a body whose parent is not there is a root. */
export function growTree(bodies: StaffedBody[]): Branch[] {
  const ids = new Set(bodies.map((body) => body.id));
  const below = new Map<number, StaffedBody[]>();
  for (const body of bodies) {
    const parent = body.parent_id !== null && ids.has(body.parent_id) ? body.parent_id : 0;
    below.set(parent, [...(below.get(parent) ?? []), body]);
  }
  const grow = (parent: number, depth: number, parents: number[]): Branch[] =>
    (below.get(parent) ?? []).flatMap((body) => [
      { body, depth, parents }, ...grow(body.id, depth + 1, [...parents, body.id]),
    ]);
  return grow(0, 0, []);
}

/** Branches that a word or a condition means, with the bodies above them. */
export function thinOut(branches: Branch[], fits: (body: StaffedBody) => boolean): Branch[] {
  const kept = new Set<number>();
  for (const { body, parents } of branches) if (fits(body)) for (const id of [...parents, body.id]) kept.add(id);
  return branches.filter(({ body }) => kept.has(body.id));
}

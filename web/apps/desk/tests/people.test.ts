import type { StaffedBody } from "@gezhi/api";
import { describe, expect, it } from "vitest";

import { growTree, readAll, thinOut } from "@desk/pages/people/model/tree";

const body = (id: number, parent_id: number | null) => ({ id, parent_id }) as StaffedBody;

describe("the tree of organisations", () => {
  const branches = growTree([body(1, null), body(2, 1), body(3, 1), body(4, 2), body(5, 99)]);

  it("puts children after their parent and a body without one at the root", () => {
    expect(branches.map(({ body: { id }, depth }) => [id, depth])).toEqual([[1, 0], [2, 1], [4, 2], [3, 1], [5, 0]]);
  });

  it("keeps what fits with the bodies above it", () => {
    expect(thinOut(branches, ({ id }) => id === 4).map(({ body: { id } }) => id)).toEqual([1, 2, 4]);
    expect(thinOut(branches, () => false)).toEqual([]);
  });

  it("reads every page", async () => {
    const pages: Record<string, { items: number[]; next_cursor: string | null }> = {
      "": { items: [1], next_cursor: "a" }, a: { items: [2, 3], next_cursor: null },
    };
    expect(await readAll((cursor) => Promise.resolve(pages[cursor] ?? { items: [], next_cursor: null }))).toEqual([1, 2, 3]);
  });
});

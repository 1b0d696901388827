import { expect, test } from "vitest";

import { Drafts, type Shelf } from "../src";

const DAY = 86_400_000;

class MapShelf implements Shelf {
  kept = new Map<string, string>();
  full = false;

  getItem(key: string) {
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, value: string) {
    if (this.full) throw new Error("full");
    this.kept.set(key, value);
  }

  removeItem(key: string) {
    this.kept.delete(key);
  }
}

test("a draft comes back as it was typed", () => {
  const drafts = new Drafts(new MapShelf(), () => 0);
  expect(drafts.keep("report", { place: "corner" })).toBe(true);
  expect(drafts.read("report")).toEqual({ place: "corner" });
});

test("a dropped draft is gone, others stay", () => {
  const drafts = new Drafts(new MapShelf(), () => 0);
  drafts.keep("a", 1);
  drafts.keep("b", 2);
  drafts.drop("a");
  expect([drafts.read("a"), drafts.read("b")]).toEqual([null, 2]);
});

test("a draft older than two weeks is swept when it is asked for", () => {
  let now = 0;
  const shelf = new MapShelf();
  const drafts = new Drafts(shelf, () => now);
  drafts.keep("report", "words");
  now = 14 * DAY - 1;
  expect(drafts.read("report")).toBe("words");
  now = 14 * DAY;
  expect(drafts.read("report")).toBeNull();
  expect(shelf.kept.size).toBe(0);
});

test("a broken or foreign entry is no draft", () => {
  const shelf = new MapShelf();
  const drafts = new Drafts(shelf, () => 0);
  shelf.kept.set("gezhi.draft.report", "{");
  expect(drafts.read("report")).toBeNull();
  shelf.kept.set("gezhi.draft.report", JSON.stringify({ version: 0, at: 0, value: 1 }));
  expect(drafts.read("report")).toBeNull();
});

test("a full shelf does not stop the work", () => {
  const shelf = new MapShelf();
  shelf.full = true;
  expect(new Drafts(shelf, () => 0).keep("report", 1)).toBe(false);
});

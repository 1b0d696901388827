import { expect, test } from "vitest";

import { urgentFirst } from "../src/register";

test("what waits stands first, in its own order, and nothing stands twice", () => {
  const rows = ["new", "late", "old"].map((id) => ({ id }));
  expect(urgentFirst([{ id: "oldest" }, { id: "late" }], rows).map(({ id }) => id)).toEqual(["oldest", "late", "new", "old"]);
  expect(urgentFirst([], rows)).toEqual(rows);
});

import type { Waiting } from "@gezhi/api";
import { expect, test } from "vitest";

import { groupsOf } from "@desk/pages/dispatching/model/groups";

const waiting = (id: string, suggested: number | null) => ({
  row: { id }, suggested, choices: [{ unit: { id: 7, name: "seven" } }, { unit: { id: 8, name: "eight" } }],
}) as unknown as Waiting;

test("cases are gathered by the unit that is suggested, in the order of the list", () => {
  const groups = groupsOf([waiting("a", 8), waiting("b", null), waiting("c", 7), waiting("d", 8)]);
  expect(groups.map(({ unit, items }) => [unit?.name ?? null, items.map(({ row }) => row.id)])).toEqual([
    ["eight", ["a", "d"]], [null, ["b"]], ["seven", ["c"]],
  ]);
});

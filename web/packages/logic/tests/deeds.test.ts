import { describe, expect, test } from "vitest";

import { askedNow, bodyOf, type Field, missingIn, offeredActs, startOf } from "../src/act/deeds";

const FIELDS: Field[] = [
  { name: "manner", part: "choice", label: "manner", required: true, start: "government" },
  { name: "cost", part: "amount", label: "cost", required: true, when: ({ manner }) => manner === "substitute" },
  { name: "reason", part: "lines", label: "reason", required: true },
  { name: "due_at", part: "moment", label: "due" },
  { name: "pictures", part: "pictures", label: "pictures" },
  { name: "case_nos", part: "list", label: "cases" },
];

describe("the form of a deed", () => {
  test("begins with what is suggested, lists empty", () => {
    expect(startOf(FIELDS)).toEqual({ manner: "government", cost: null, reason: null, due_at: null, pictures: [], case_nos: null });
  });

  test("asks only for what the choices so far make necessary", () => {
    expect(askedNow(FIELDS, { manner: "government" }).map(({ name }) => name)).not.toContain("cost");
    expect(missingIn(FIELDS, { manner: "substitute", reason: " " }).map(({ name }) => name)).toEqual(["cost", "reason"]);
    expect(missingIn(FIELDS, { manner: "government", reason: "why" })).toEqual([]);
  });

  test("sends moments of China, digests of pictures and single numbers, and nothing that was left empty", () => {
    const values = {
      manner: "government", cost: 20, reason: " found out ", due_at: "2026-03-02T18:00", pictures: [{ sha256: "ab", url: "" }],
      case_nos: "A-1 A-2,A-3",
    };
    expect(bodyOf(FIELDS, values)).toEqual({
      manner: "government", reason: "found out", due_at: "2026-03-02T18:00:00+08:00", pictures: ["ab"], case_nos: ["A-1", "A-2", "A-3"],
    });
    expect(bodyOf(FIELDS, { ...startOf(FIELDS), reason: "why" })).toEqual({ manner: "government", reason: "why", pictures: [], case_nos: [] });
  });

  test("a number that was cleared is not zero", () => {
    expect(bodyOf(FIELDS, { manner: "substitute", cost: "", reason: "why", pictures: [], case_nos: "" })).not.toHaveProperty("cost");
  });
});

test("only what the server offers on a row can be done to it, by its name and in the order of the table", async () => {
  const sent: unknown[] = [];
  const deeds = ["reply", "lift", "remind"].map((name) => ({ name, label: name, fields: [] }));
  const acts = offeredActs({ id: "7", acts: ["remind", "reply", "unknown"] }, deeds, async (...given) => sent.push(given));
  expect(acts.map(({ name }) => name)).toEqual(["reply", "remind"]);
  await acts[1]?.send({ text: "soon" }, "key");
  expect(sent).toEqual([["7", "remind", { text: "soon" }, "key"]]);
});

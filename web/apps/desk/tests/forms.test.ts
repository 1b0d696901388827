import { COMMANDS, type Action } from "@gezhi/api";
import { describe, expect, test } from "vitest";

import { partsOf } from "@desk/features/act/forms";
import { bodyOf, missingIn, NO_FACTS, startValues, type FormFacts } from "@desk/features/act/values";

const action = (command: string, suggestion: Record<string, unknown> = {}): Action =>
  ({ command, suggestion, label_zh: "", label_en: "", primary: false });
const row = {
  key: "r", condition_zh: "", condition_en: "", limit_value: 1, limit_unit: "work_day" as const, gap: false,
  closing: [{ code: "A", zh: "", en: "" }, { code: "B", zh: "", en: "" }],
};
const facts: FormFacts = { ...NO_FACTS, row, point: { lon: 113, lat: 34 } };

test("every command of the life-cycle has its form", () => {
  const needNone = Object.keys(COMMANDS).filter((command) => partsOf(action(command)).length === 0);
  expect(needNone).toEqual(["receive"]);
});

describe("what must be filled", () => {
  test("an inspection needs a result per closing condition, a picture and a position", () => {
    const inspect = action("complete_inspection");
    const values = startValues(inspect, facts);
    expect(missingIn(values, partsOf(inspect), facts)).toEqual(["results", "pictures", "lon"]);
    const filled = {
      ...values, results: { A: true, B: false }, pictures: [{ sha256: "f", url: "" }], position: { lon: 113, lat: 34 },
    };
    expect(missingIn(filled, partsOf(inspect), facts)).toEqual([]);
    expect(bodyOf(inspect, filled, facts)).toEqual({
      results: [{ code: "A", passed: true }, { code: "B", passed: false }], pictures: ["f"], lon: 113, lat: 34,
    });
  });

  test("an answer only where somebody waits for one", () => {
    const filled = { reason: "twice" };
    expect(missingIn(filled, partsOf(action("refuse")), facts)).toEqual([]);
    expect(missingIn(filled, partsOf(action("refuse", { answer_needed: true })), facts)).toEqual(["answer"]);
  });

  test("limit and closing conditions where the standard has none", () => {
    const names = partsOf(action("register", { limit_needed: true })).map(({ name }) => name);
    expect(names).toEqual(["limit", "closing", "reason"]);
  });
});

describe("what is sent", () => {
  test("a place that was not moved is not sent, a moved one is", () => {
    const accept = action("accept", { class_key: "k", row_key: "r", place: "corner" });
    const values = startValues(accept, facts);
    expect(bodyOf(accept, values, facts)).toEqual({ class_key: "k", row_key: "r", place: "corner" });
    expect(bodyOf(accept, { ...values, position: { lon: 113.1, lat: 34 } }, facts)).toMatchObject({ lon: 113.1, lat: 34 });
  });

  test("closing conditions are one per line, blank lines left out", () => {
    const register = action("register", { limit_needed: true });
    const values = { limit: 3, unit: "work_day", closing: " clean \n\n whole", reason: "gap" };
    expect(bodyOf(register, values, facts)).toEqual({ limit: 3, unit: "work_day", closing: ["clean", "whole"], reason: "gap" });
  });

  test("the suggested unit is there before anybody chooses", () => {
    expect(startValues(action("dispatch", { unit_id: 7 }), facts).unit_id).toBe(7);
  });
});

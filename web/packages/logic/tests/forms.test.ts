import { COMMANDS } from "@gezhi/api/codes";
import { describe, expect, test } from "vitest";

import { wallTime } from "../src";
import { bodyOf, choicesOf, type FormFacts, missingIn, NO_FACTS, type Offered, partsOf, startValues, type Suggestion } from "../src/act";

const action = (command: string, suggestion: Suggestion = {}): Offered =>
  ({ command, suggestion, label: { zh: "", en: "" }, primary: false });
const row = {
  key: "r", condition: { zh: "", en: "" }, limit: { value: 1, unit: "work_day" as const }, gap: false,
  closing: [{ key: "A", zh: "", en: "" }, { key: "B", zh: "", en: "" }],
};
const facts: FormFacts = { ...NO_FACTS, row, point: { lon: 113, lat: 34 } };

test("every command of the life-cycle has its form", () => {
  // A receipt needs nothing.
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
    expect(bodyOf(inspect, filled, facts)).toEqual({ command: inspect.command,
      results: [{ code: "A", passed: true }, { code: "B", passed: false }], pictures: ["f"], lon: 113, lat: 34,
    });
  });

  test("an answer only where somebody waits for one", () => {
    const filled = { reason: "twice", reason_code: "other" };
    expect(missingIn(filled, partsOf(action("refuse")), facts)).toEqual([]);
    expect(missingIn(filled, partsOf(action("refuse", { answer_needed: true })), facts)).toEqual(["answer"]);
  });

  test("limit and closing conditions where the standard has none", () => {
    const names = partsOf(action("register", { limit_needed: true })).map(({ name }) => name);
    expect(names).toEqual(["limit", "closing", "reason"]);
  });
});

describe("applications", () => {
  const names = (command: string, suggestion: Suggestion, filled: Record<string, unknown> = {}) =>
    partsOf(action(command, suggestion), filled).map(({ name }) => name);

  test("proof only where the approval matrix wants it", () => {
    const filled = { reason: "rain", reason_code: "weather", value: 2, pictures: [] };
    expect(missingIn(filled, partsOf(action("ask_extension")), facts)).toEqual([]);
    expect(missingIn(filled, partsOf(action("ask_extension", { needs_proof: true })), facts)).toEqual(["pictures"]);
  });

  test("time asked for is a number of the limit's unit", () => {
    const ask = action("ask_extension", { unit: "work_hour", most: 4 });
    expect(missingIn(startValues(ask, facts), partsOf(ask), facts)).toEqual(["value", "reason_code", "reason"]);
    expect(bodyOf(ask, { value: 3, reason: " rain ", pictures: [] }, facts)).toEqual({ command: ask.command, value: 3, reason: "rain", pictures: [] });
  });

  test("the end of a suspension is a moment of the clock on the wall", () => {
    const ask = action("ask_suspension", { most_days: 30 });
    expect(bodyOf(ask, { until: "2026-03-09T18:00", reason: "flood", pictures: [] }, facts)).toMatchObject({ until: "2026-03-09T18:00:00+08:00" });
    expect(missingIn({ until: "", reason: "flood", reason_code: "season" }, partsOf(ask), facts)).toEqual(["until"]);
  });

  test("a signed form is asked for where the matrix wants one for the reason, or the next time", () => {
    const paper = { form_for: ["no-need"] };
    expect(names("ask_send_back", paper, { reason_code: "not-ours" })).toEqual(["reason_code", "reason", "pictures"]);
    const needed = partsOf(action("ask_send_back", paper), { reason_code: "no-need" });
    expect(needed.filter(({ required }) => required).map(({ name }) => name)).toEqual(["reason_code", "reason", "pictures", "form_no"]);
    expect(names("ask_extension", { form_needed: true })).toContain("form_no");
    expect(names("refuse", paper, { reason_code: "no-need" })).not.toContain("form_no");
  });

  test("the answer that is proposed stands in the form, and only the ordinary kind of closing that fits is offered", () => {
    expect(startValues(action("close", { kind: "late", answer: "done" }), facts)).toMatchObject({ kind: "late", answer: "done" });
    const kinds = choicesOf("kind", { kind: "late" }).map(({ value }) => value);
    expect(kinds).toContain("late");
    expect(kinds).not.toContain("normal");
  });

  test("a refused send-back may be marked as shirking, a granted one may not", () => {
    const asked = { may_shirk: true, is_last: true };
    expect(names("decide_application", asked)).toEqual(["granted", "reason"]);
    expect(names("decide_application", asked, { granted: false })).toEqual(["granted", "reason", "shirking"]);
    expect(names("decide_application", asked, { granted: true })).toEqual(["granted", "reason"]);
    expect(names("decide_application", {}, { granted: false })).toEqual(["granted", "reason"]);
  });

  test("who voids a reported case tells those who reported it; who refuses need not", () => {
    const asked = { is_last: true, answer_needed: true };
    expect(names("decide_application", asked, { granted: true })).toEqual(["granted", "reason", "answer"]);
    expect(names("decide_application", asked, { granted: false })).toEqual(["granted", "reason"]);
  });

  test("what was filled in before the decision changed is not sent", () => {
    const decide = action("decide_application", { is_last: true });
    const filled = { granted: true, reason: "so", shirking: true, answer: "done" };
    expect(bodyOf(decide, filled, facts)).toEqual({ command: decide.command, granted: true, reason: "so" });
  });

  test("a step that is not the last says that it passes on", () => {
    const words = (suggestion: Suggestion) => choicesOf("granted", suggestion).map(({ word }) => word);
    expect(words({ is_last: true })).toEqual(["granted_yes", "granted_no"]);
    expect(words({ is_last: false })).toEqual(["granted_on", "granted_no"]);
  });

  test("substitute work names its cost, other manners do not", () => {
    expect(names("settle_owner", {}, { manner: "meeting" })).not.toContain("cost");
    expect(names("settle_owner", {}, { manner: "substitute" })).toContain("cost");
    expect(missingIn({ cost: "" }, [{ name: "cost", part: "amount", required: true }], facts)).toEqual(["cost"]);
  });

  test("a deadline as the browser shows it", () => {
    expect(wallTime(Date.parse("2026-03-02T01:30:59Z"))).toBe("2026-03-02T09:30");
  });
});

describe("what is sent", () => {
  test("a place that was not moved is not sent, a moved one is", () => {
    const accept = action("accept", { class_key: "k", row_key: "r", place: "corner" });
    const values = startValues(accept, facts);
    expect(bodyOf(accept, values, facts)).toEqual({ command: accept.command, class_key: "k", row_key: "r", place: "corner" });
    expect(bodyOf(accept, { ...values, position: { lon: 113.1, lat: 34 } }, facts)).toMatchObject({ lon: 113.1, lat: 34 });
  });

  test("closing conditions are one per line, blank lines left out", () => {
    const register = action("register", { limit_needed: true });
    const values = { limit: 3, unit: "work_day", closing: " clean \n\n whole", reason: "gap" };
    expect(bodyOf(register, values, facts)).toEqual({ command: register.command, limit: 3, unit: "work_day", closing: ["clean", "whole"], reason: "gap" });
  });

  test("the suggested unit is there before anybody chooses", () => {
    expect(startValues(action("dispatch", { unit_id: 7 }), facts).unit_id).toBe(7);
  });

  test("why a unit is suggested is not the reason of whoever dispatches", () => {
    const dispatch = action("dispatch", { unit_id: 7, reason: { zh: "row 1", en: "row 1" } });
    expect(bodyOf(dispatch, startValues(dispatch, facts), facts)).toEqual({ command: dispatch.command, unit_id: 7, helpers: [] });
  });
});

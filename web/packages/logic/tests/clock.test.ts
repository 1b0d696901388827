import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type ClockFacts, dueLight, lightOf, showClock } from "../src";

const at = (iso: string) => Date.parse(iso);
const clock = (part: Partial<ClockFacts> = {}): ClockFacts => ({
  kind: "handling", state: "running", late: false, warn_at: "2026-11-24T10:00:00+08:00", due_at: "2026-11-24T11:00:00+08:00",
  remaining: { value: 60, unit: "minute", late: false }, ...part,
});

describe("the light of a clock", () => {
  test.each([
    ["2026-11-24T09:59:59+08:00", "green"],
    ["2026-11-24T10:00:00+08:00", "yellow"],
    ["2026-11-24T11:00:00+08:00", "yellow"],
    ["2026-11-24T11:00:01+08:00", "red"],
  ])("at %s is %s", (moment, light) => {
    expect(lightOf(clock(), at(moment))).toBe(light);
  });

  test("a suspension is never late", () => {
    expect(lightOf(clock({ kind: "suspension" }), at("2026-11-25T00:00:00+08:00"))).toBe("yellow");
  });

  test("a clock that stands still warns of nothing unless it is late already", () => {
    expect(lightOf(clock({ state: "paused" }), at("2026-11-25T00:00:00+08:00"))).toBe("none");
    expect(lightOf(clock({ state: "ended", late: true }), at("2026-11-24T00:00:00+08:00"))).toBe("red");
  });

  test("never goes back to an earlier colour as time passes", () => {
    const order = ["green", "yellow", "red"];
    const moment = fc.integer({ min: at("2026-11-23T00:00:00Z"), max: at("2026-11-26T00:00:00Z") });
    fc.assert(fc.property(moment, moment, (a, b) => {
      const [first, second] = [Math.min(a, b), Math.max(a, b)];
      expect(order.indexOf(lightOf(clock(), first))).toBeLessThanOrEqual(order.indexOf(lightOf(clock(), second)));
    }));
  });
});

describe("what is left", () => {
  test("natural time ticks down here", () => {
    const shown = showClock(clock(), at("2026-11-24T10:20:30+08:00"));
    expect(shown).toEqual({ value: 39, unit: "minute", light: "yellow", late: false });
  });

  test("working time keeps the server's figure, for only its calendar knows which hours count", () => {
    const working = clock({ due_at: "2026-11-26T11:00:00+08:00", remaining: { value: 9, unit: "work_hour", late: false } });
    expect(showClock(working, at("2026-11-24T09:00:00+08:00"))).toMatchObject({ value: 9, unit: "work_hour", late: false });
  });

  test("working time that has just run out is counted in natural time until the server is heard again", () => {
    const working = clock({ remaining: { value: 1, unit: "work_hour", late: false } });
    expect(showClock(working, at("2026-11-24T11:05:00+08:00"))).toEqual({ value: 5, unit: "minute", light: "red", late: true });
  });

  test("large spans are told in hours, then in days", () => {
    const due = clock({ due_at: "2026-11-30T11:00:00+08:00", warn_at: "2026-11-29T11:00:00+08:00" });
    expect(showClock(due, at("2026-11-29T20:30:00+08:00"))).toMatchObject({ value: 14, unit: "urgent_hour" });
    expect(showClock(due, at("2026-11-25T11:00:00+08:00"))).toMatchObject({ value: 5, unit: "urgent_day" });
  });

  test("a clock that does not run has nothing left to show", () => {
    expect(showClock(clock({ state: "paused", remaining: null }), 0)).toBeNull();
  });
});

describe("what is due by a date", () => {
  const due = "2026-03-02T09:00:00Z";
  const at = (iso: string, done = false) => dueLight(due, done, Date.parse(iso));

  test("green a day ahead, yellow within it, red after it", () => {
    expect(at("2026-03-01T09:00:00Z")).toBe("green");
    expect(at("2026-03-01T09:00:01Z")).toBe("yellow");
    expect(at("2026-03-02T09:00:00Z")).toBe("yellow");
    expect(at("2026-03-02T09:00:01Z")).toBe("red");
  });

  test("quiet once it is done, even too late", () => {
    expect(at("2026-03-05T09:00:00Z", true)).toBe("none");
  });
});

import { expect, test } from "vitest";

import { alarmOf } from "../src/features/clock-alarm/alarm";

const NOW = Date.parse("2026-03-02T02:00:00Z");

test("while the clocks go nobody is told anything", () => {
  expect(alarmOf(null, true, "zh", NOW)).toBeNull();
});

test("whoever may release the clocks is called, everybody else is told since when they stand", () => {
  const stopped = "2026-03-02T01:30:00Z";
  const [called, told] = [true, false].map((may) => alarmOf(stopped, may, "en", NOW));
  expect([called?.called, told?.called]).toEqual([true, false]);
  expect(called?.since).toBe(told?.since);
  expect(told?.since).toContain("09:30");
});

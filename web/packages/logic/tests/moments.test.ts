import { expect, test } from "vitest";

import { fullMoment, sayable, sayMoment } from "../src";

const NOW = Date.parse("2026-11-24T09:30:00+08:00");

test.each([
  ["2026-11-24T09:12:00+08:00", "en", "today 09:12"],
  ["2026-11-23T23:59:00+08:00", "en", "yesterday 23:59"],
  ["2026-11-25T08:00:00+08:00", "en", "tomorrow 08:00"],
  ["2026-09-03T17:05:00+08:00", "en", "3 Sept 17:05"],
  ["2025-09-03T17:05:00+08:00", "en", "3 Sept 2025 17:05"],
  ["2026-11-23T16:30:00Z", "en", "today 00:30"],
])("%s in %s is said as %s", (moment, language, said) => {
  expect(sayMoment(moment, language, NOW)).toBe(said);
});

test("Chinese says the same moments in Chinese words", () => {
  expect(sayMoment("2026-11-24T09:12:00+08:00", "zh", NOW)).toBe("\u4eca\u5929 09:12");
  expect(sayMoment("2026-09-03T17:05:00+08:00", "zh", NOW)).toBe("9\u67083\u65e5 17:05");
});

test("the full moment is shown in China's time wherever it is read", () => {
  expect(fullMoment("2026-11-23T16:30:07Z", "en")).toBe("Tue, 24/11/2026, 00:30:07");
});

test.each([
  [0, 0, "second"], [59, 59, "second"], [60, 1, "minute"], [3599, 59, "minute"], [3600, 1, "hour"], [5400, 1.5, "hour"],
  [100_000, 28, "hour"], [172_800, 2, "day"], [1_000_000, 12, "day"],
] as const)("%d seconds are %d %s", (seconds, value, unit) => {
  expect(sayable(seconds)).toEqual({ value, unit });
});

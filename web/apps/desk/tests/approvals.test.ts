import type { ApprovalRow } from "@gezhi/api";
import { expect, test } from "vitest";

import { bodyOf, draftOf } from "@desk/pages/approvals/model/draft";
import { sentencesOf, type Row, type Words } from "@desk/pages/approvals/model/sentence";

const row = {
  kind: "extension", askers: ["handler"], statuses: ["handling"], steps: ["dispatcher", "duty-officer"], longest: 100, most_granted: 1,
  warning: 40, ceiling: 50, share_base: 20, share_days: 30, decide_within: { value: 4, unit: "work_hour" }, stops_clock: false,
  refusal_gives_time_back: true,
} as unknown as ApprovalRow;
/** Names the sentence and what stands in it. */
const words: Words = {
  t: (key, values = {}) => `${key}(${Object.values(values).join()})`,
  role: (role) => role, status: (status) => status, kind: (kind) => kind, reason: (_, code) => code, limit: (value, unit) => `${value} ${unit}`,
};

test("shares are edited in per cent and sent per mille", () => {
  const draft = draftOf(row, "2026-06-01");
  expect([draft.warning, draft.ceiling]).toEqual([4, 5]);
  expect(bodyOf({ ...draft, warning: 4.5, reason: " more " })).toMatchObject({
    row: { warning: 45, ceiling: 50, decide_within: { value: 4, unit: "work_hour" } }, valid_from: "2026-06-01", reason: "more",
  });
});

test("time is given back by a refusal only where the clock stood still", () => {
  const draft = draftOf(row, "2026-06-01");
  expect(bodyOf(draft).row.refusal_gives_time_back).toBe(false);
  expect(bodyOf({ ...draft, stops_clock: true }).row.refusal_gives_time_back).toBe(true);
});

test("a row is told topic by topic", () => {
  const told = Object.fromEntries(sentencesOf(row as unknown as Row, words).map(({ topic, text }) => [topic, text]));
  expect(told.decides).toBe("s_decide_in_turn(dispatcherthen()duty-officer)s_within(4 work_hour)stop()");
  expect(told.most).toBe("s_longest_percent(100)stop()s_most_granted(1)stop()");
  expect(told.clock).toBe("s_clock_runs()");
  expect(told.share).toBe("s_share(4,5,20,30)");
});

test("without a ceiling there is no share to watch", () => {
  const told = sentencesOf({ ...row, ceiling: 0 } as unknown as Row, words);
  expect(told.find(({ topic }) => topic === "share")?.text).toBe("s_no_ceiling()");
});

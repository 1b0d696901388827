import { expect, test } from "vitest";

import { patiently } from "../src/patience";
import { Problem } from "../src/problem";

const refusal = (status: number, retry_after_s?: number) =>
  new Problem({ code: "x", status, title: "x", ...(retry_after_s === undefined ? {} : { retry_after_s }) });

async function told(answers: (Problem | string)[], tries = 3) {
  const paused: number[] = [];
  const waits: (Problem | null)[] = [];
  let asked = 0;
  const result = await patiently(() => {
    const answer = answers[asked++];
    return answer instanceof Problem ? Promise.reject(answer) : Promise.resolve(answer);
  }, {
    tries, longestS: 10, onWait: (problem) => waits.push(problem),
    pause: (seconds) => { paused.push(seconds); return Promise.resolve(); },
  }).catch((error: unknown) => error);
  return { result, paused, waits, asked };
}

test("who is refused for the moment asks again after the time that the server named, and not before", async () => {
  const busy = refusal(429, 2);
  const { result, paused, waits, asked } = await told([busy, "done"]);
  expect({ result, asked, waits }).toEqual({ result: "done", asked: 2, waits: [busy, null] });
  expect(paused).toHaveLength(1);
  expect(paused[0]).toBeGreaterThanOrEqual(2);
  expect(paused[0]).toBeLessThanOrEqual(4);
});

test.each([
  ["it was asked often enough", [refusal(429, 2), refusal(429, 2), refusal(429, 2)], 3],
  ["the wait is long", [refusal(429, 11)], 1],
  ["no time was named", [refusal(429)], 1],
  ["it is refused for good", [refusal(413, 2)], 1],
])("the refusal is told when %s", async (_, answers, asked) => {
  const outcome = await told(answers);
  expect(outcome.result).toBe(answers.at(-1));
  expect(outcome.asked).toBe(asked);
});

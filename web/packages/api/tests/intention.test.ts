import { expect, test } from "vitest";

import { oneIntention } from "../src/intention";
import { Problem } from "../src/problem";

const OFFLINE = { code: "network.unreachable", status: 0, title: "" };
const AWAY = { code: "plumbing.database.away", status: 503, title: "" };
const REFUSED = { code: "x.y.z", status: 422, title: "" };
type Outcome = "answered" | typeof OFFLINE;
type Step = [words: string, outcome: Outcome];

/** The keys under which these words went out, one after the other. */
async function keysOf(...steps: Step[]): Promise<string[]> {
  let made = 0;
  const keys: string[] = [];
  const intend = oneIntention(() => `key ${++made}`);
  for (const [words, outcome] of steps) {
    await intend({ words }, (key) => {
      keys.push(key);
      return outcome === "answered" ? Promise.resolve() : Promise.reject(new Problem(outcome));
    }).catch(() => undefined);
  }
  return keys;
}

test("after a broken connection the same words keep their key", async () => {
  expect(await keysOf(["a", OFFLINE], ["a", AWAY], ["a", "answered"])).toEqual(["key 1", "key 1", "key 1"]);
});

test("words that were changed meanwhile take a new key, and so do the old ones when they come back", async () => {
  expect(await keysOf(["a", OFFLINE], ["b", OFFLINE], ["a", "answered"])).toEqual(["key 1", "key 2", "key 3"]);
});

test("what was refused is over: the next takes a new key, also with the same words", async () => {
  expect(await keysOf(["a", REFUSED], ["a", REFUSED], ["b", "answered"])).toEqual(["key 1", "key 2", "key 3"]);
});

test("what was done is over: the same words again are meant again", async () => {
  expect(await keysOf(["a", "answered"], ["a", "answered"])).toEqual(["key 1", "key 2"]);
});

test("an error that is no problem leaves open whether it arrived", async () => {
  let made = 0;
  const intend = oneIntention(() => `key ${++made}`);
  const keys: string[] = [];
  for (let time = 0; time < 2; time += 1) {
    await intend("a", (key) => {
      keys.push(key);
      return Promise.reject(new TypeError("no JSON"));
    }).catch(() => undefined);
  }
  expect(keys).toEqual(["key 1", "key 1"]);
});

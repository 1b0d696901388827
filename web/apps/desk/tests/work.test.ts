import type { Batch } from "@gezhi/api";
import { expect, test } from "vitest";

import { forAll, leftOf } from "@desk/pages/work/model/bulk";

const offered = (...commands: string[]) =>
  commands.map((command, at) => ({ command, label: { zh: command, en: command }, primary: at === 0 }));

test("what differs from case to case is not said once for all", () => {
  expect(forAll(offered("accept", "note", "complete_inspection", "remind")).map(({ command }) => command)).toEqual(["note", "remind"]);
  const asking = offered("ask_send_back", "ask_extension", "ask_suspension", "ask_void", "appeal");
  expect(forAll(asking).map(({ command }) => command)).toEqual(["ask_send_back", "ask_void"]);
});

test("what carries all cases on is said by the server, and has no suggestion of a single case", () => {
  expect(forAll(offered("dispatch", "note"))).toEqual(offered("dispatch", "note").map((one) => ({ ...one, suggestion: {} })));
  expect(forAll(offered("accept", "note")).map(({ primary }) => primary)).toEqual([false]);
});

test("what was refused stays selected", () => {
  const lines = [{ id: "a", done: true }, { id: "b", done: false }] as Batch["items"];
  expect(leftOf(lines).map(({ id }) => id)).toEqual(["b"]);
});

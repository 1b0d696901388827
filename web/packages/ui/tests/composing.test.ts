import { expect, test } from "vitest";

import { leaveKeysToComposing } from "../src/composing";

function press(target: EventTarget, keys: Partial<KeyboardEvent>): boolean {
  let heard = false;
  const hear = () => (heard = true);
  target.addEventListener("keydown", hear, { once: true });
  target.dispatchEvent(Object.assign(new Event("keydown", { cancelable: true }), keys));
  target.removeEventListener("keydown", hear);
  return heard;
}

test.each([
  { key: "Enter", isComposing: true, keyCode: 229 }, { key: "Enter", isComposing: false, keyCode: 229 },
  { key: "ArrowDown", isComposing: true, keyCode: 40 },
])("a key that an input method takes ($key, $keyCode) reaches nobody", (keys) => {
  const page = new EventTarget();
  leaveKeysToComposing(page);
  expect(press(page, keys)).toBe(false);
});

test("every other key is heard", () => {
  const page = new EventTarget();
  leaveKeysToComposing(page);
  expect(press(page, { key: "Enter", isComposing: false, keyCode: 13 })).toBe(true);
});

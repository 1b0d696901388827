import { expect, test } from "vitest";

import { nameOfAgent } from "../src/pages/account/model/agent";

const CASES: [string, string][] = [
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome · Linux"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Mobile MicroMessenger/8.0", "WeChat · iOS"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "Safari · macOS"],
  ["Mozilla/5.0 (Linux; Android 14; HarmonyOS) AppleWebKit/537.36 Chrome/114.0 Mobile", "Chrome · HarmonyOS"],
  ["python-httpx/0.28", ""],
  ["", ""],
];

test.each(CASES)("a browser is called as people call it: %s", (agent, name) => {
  expect(nameOfAgent(agent)).toBe(name);
});

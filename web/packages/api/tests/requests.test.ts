import { afterEach, expect, test, vi } from "vitest";

import { addressOf } from "../src/client";
import { fileAt, get, send } from "../src/requests";

/** What the network was asked; the answer is empty. */
function listen(): { address: string; method: string; body: unknown; key: string | null }[] {
  const heard: ReturnType<typeof listen> = [];
  vi.stubGlobal("document", { cookie: "gezhi_csrf=c" });
  vi.stubGlobal("fetch", (address: string, { method, body, headers }: RequestInit) => {
    heard.push({ address, method: method ?? "", body: body ? JSON.parse(String(body)) : null, key: new Headers(headers).get("Idempotency-Key") });
    return Promise.resolve(new Response("{}", { status: 200 }));
  });
  return heard;
}
afterEach(() => vi.unstubAllGlobals());

test("what is empty is not asked for, and several values of one name follow each other", () => {
  expect(addressOf("/cases", { q: "", queue: "all_open", light: null, limit: 0, id: ["a", "b"] })).toBe(
    "/api/v1/cases?queue=all_open&limit=0&id=a&id=b",
  );
});

test("the places of a path are filled in, whatever stands in them", () => {
  expect(fileAt("/cases/{case_id}/order.pdf", { case_id: "a/b" })).toBe("/api/v1/cases/a%2Fb/order.pdf");
});

test("a command goes to its case under the key of the intention", async () => {
  const heard = listen();
  await send("post", "/cases/{case_id}/commands", { path: { case_id: "7" }, body: { command: "receive" }, key: "k" });
  expect(heard).toEqual([{ address: "/api/v1/cases/7/commands", method: "POST", body: { command: "receive" }, key: "k" }]);
});

test("reading needs no key", async () => {
  const heard = listen();
  await get("/queues", {});
  expect(heard).toEqual([{ address: "/api/v1/queues", method: "GET", body: null, key: null }]);
});

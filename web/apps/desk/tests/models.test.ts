import { useSuggestion } from "@desk/pages/report/model/suggestion";
import { blank } from "@desk/pages/report/model/report";
import { useDesk } from "@desk/pages/dispatching/model/desk";
import { useBench } from "@desk/pages/unit/model/bench";
import { MOST, useCommonActions } from "@desk/pages/work/model/bulk";
import type { CaseRow, Order, Waiting } from "@gezhi/api";
import { afterEach, describe, expect, test } from "vitest";
import { nextTick, ref } from "vue";

import { running, serve } from "./serving";

const NOW = "2026-03-02T08:00:00Z";
const row = (id: string, seq = 3) => ({ id, seq }) as CaseRow;
let end: (() => void) | undefined;
afterEach(() => end?.());

function start<T>(use: () => T) {
  const started = running(use);
  end = started.end;
  return started;
}

describe("the dispatch desk", () => {
  const waiting = (id: string) => ({ row: row(id), suggested: 7, choices: [{ unit: { id: 7, name: "seven" } }] });
  const order = { unit: { id: 7, name: "seven" }, helpers: [], reason: "" };
  const line = (id: string, done: boolean) => ({ id, done, seq: done ? 4 : null });
  const ids = (items: Waiting[]) => items.map((item) => item.row.id);

  test("what was dispatched leaves, what was refused stays, and taking back names the entry that it takes back", async () => {
    const log = serve({
      "GET /dispatching": () => ({ items: ["a", "b", "c"].map(waiting), now: NOW }),
      "POST /cases/commands": ({ body }) => ({
        done: 2, items: (body.cases as { id: string }[]).map(({ id }) => line(id, id !== "b")),
      }),
    });
    const { model, settled } = start(useDesk);
    await settled();
    model.mark(["a", "b"], true);
    await model.dispatch(model.ticked.value, order);
    expect(ids(model.ordered.value)).toEqual(["b", "c"]);
    expect(ids(model.ticked.value)).toEqual(["b"]);
    expect(model.sent.value).toEqual({ name: "seven", cases: [{ id: "a", seq: 4 }], left: 10 });

    await model.undo("wrong one");
    expect(log.filter(({ what }) => what.startsWith("POST")).map(({ body }) => body)).toEqual([
      { cases: [{ id: "a", seq: 3 }, { id: "b", seq: 3 }], command: { command: "dispatch", unit_id: 7, helpers: [], reason: "" } },
      { cases: [{ id: "a", seq: 4 }], command: { command: "recall", reason: "wrong one" } },
    ]);
    expect(ids(model.ordered.value)).toEqual(["a", "b", "c"]);
    expect(model.sent.value).toBeNull();
  });

  test("a case on which somebody has acted meanwhile stays away when it is taken back", async () => {
    let acted = false;
    serve({
      "GET /dispatching": () => ({ items: [waiting("a")], now: NOW }),
      "POST /cases/commands": () => ({ done: 1, items: [line("a", !acted)] }),
    });
    const { model, settled } = start(useDesk);
    await settled();
    await model.dispatch(model.ordered.value, order);
    acted = true;
    await model.undo("too late");
    expect(model.ordered.value).toEqual([]);
  });
});

describe("the bench of a unit", () => {
  test("several orders are received at once, each as it was seen, and the bench is read anew without marks", async () => {
    const log = serve({
      "GET /workbench": () => ({ items: [], unit: { id: 7 }, now: NOW }),
      "POST /cases/commands": () => ({ done: 2, items: [] }),
    });
    const { model, settled } = start(useBench);
    await settled();
    model.mark("a");
    await model.receive([{ row: row("a", 5) }, { row: row("b", 6) }] as Order[]);
    expect(log.map(({ what }) => what)).toEqual(["GET /workbench", "POST /cases/commands", "GET /workbench"]);
    expect(log[1]?.body).toEqual({ cases: [{ id: "a", seq: 5 }, { id: "b", seq: 6 }], command: { command: "receive" } });
    expect([model.marked.value.size, model.own.value]).toEqual([0, 7]);
  });
});

describe("what several cases have in common", () => {
  const common = { items: [{ command: "note", label: { zh: "z", en: "e" } }], in_hand: ["a"] };

  test("is asked of the server for those that are ticked, and anew when one of them has moved", async () => {
    const log = serve({ "GET /cases/actions": () => common });
    const rows = ref([row("a"), row("b")]);
    const { model, settled } = start(() => useCommonActions(rows));
    await settled();
    expect(model.actions.value.map(({ command }) => command)).toEqual(["note"]);
    expect([model.ready.value, model.inHand.value]).toEqual([true, ["a"]]);
    rows.value = [row("a", 4), row("b")];
    await nextTick();
    await settled();
    expect(log.map(({ query }) => query.getAll("id"))).toEqual([["a", "b"], ["a", "b"]]);
  });

  test("is not asked for more cases than one command takes", async () => {
    const log = serve({ "GET /cases/actions": () => common });
    const { model, settled } = start(() => useCommonActions(ref(Array.from({ length: MOST + 1 }, (_, at) => row(String(at))))));
    await settled();
    expect([log, model.actions.value, model.ready.value]).toEqual([[], [], false]);
  });
});

test("a report is given grid, unit and duplicates as soon as it has a place", async () => {
  const log = serve({ "GET /cases/suggest": () => ({ rows: [] }) });
  const words = ref(blank("acceptor"));
  const { model, settled } = start(() => useSuggestion(words));
  await settled();
  expect([log, model.suggestion.value]).toEqual([[], null]);
  words.value = { ...words.value, point: { lon: 113.5, lat: 34.5 }, classKey: "2026-matter-0601" };
  await nextTick();
  await settled();
  expect(Object.fromEntries(log[0]?.query ?? [])).toEqual({ lon: "113.5", lat: "34.5", class_key: "2026-matter-0601" });
  expect(model.suggestion.value).toEqual({ rows: [] });
});

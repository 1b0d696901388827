/** What waits at the dispatch desk, by the unit that is suggested; what is ticked; what was sent and may be undone. */

import { listDispatching, oneIntention, sendCommands, type AnyCommand, type Batch, type Waiting } from "@gezhi/api";
import { setServerTime } from "@gezhi/ui/ticking";
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, onScopeDispose, ref, watch } from "vue";

import { groupsOf } from "./groups";

const PAGE = 100;
const EVERY_MS = 12_000;
const UNDO_S = 10;

export interface Order {
  unit: { id: number; name: string };
  helpers: number[];
  reason: string;
}

interface Sent {
  name: string;
  cases: { id: string; seq: number }[];
  left: number;
}

export function useDesk() {
  const queries = useQueryClient();
  const hidden = ref(new Set<string>());
  const marked = ref(new Set<string>());
  const sent = ref<Sent | null>(null);
  const busy = ref(false);
  let timer: ReturnType<typeof setInterval> | undefined;

  const query = useQuery({
    queryKey: ["dispatching"],
    queryFn: async ({ signal }) => {
      const page = await listDispatching({ limit: PAGE }, signal);
      setServerTime(page.now);
      return page;
    },
    refetchInterval: EVERY_MS,
  });
  const items = computed(() => (query.data.value?.items ?? []).filter(({ row }) => !hidden.value.has(row.id)));
  const groups = computed(() => groupsOf(items.value));
  /** In the order in which they stand on the screen. */
  const ordered = computed(() => groups.value.flatMap((group) => group.items));
  /** How many of the ticked ones somebody else has acted on. */
  const lost = ref(0);
  watch(items, (now) => {
    const waiting = new Set(now.map(({ row }) => row.id));
    const gone = [...marked.value].filter((id) => !waiting.has(id));
    lost.value = gone.filter((id) => !hidden.value.has(id)).length;
    mark(gone, false);
  });
  const ticked = computed(() => ordered.value.filter(({ row }) => marked.value.has(row.id)));

  function mark(ids: string[], on: boolean) {
    const next = new Set(marked.value);
    for (const id of ids) if (on) next.add(id); else next.delete(id);
    marked.value = next;
  }

  const giving = oneIntention();
  /** Sends them to one unit; what was refused stays on the desk. */
  async function dispatch(cases: Waiting[], order: Order): Promise<Batch> {
    busy.value = true;
    const given = cases.map(({ row }) => ({ id: row.id, seq: row.seq }));
    try {
      const body: AnyCommand = { command: "dispatch", unit_id: order.unit.id, helpers: order.helpers, reason: order.reason };
      const answer = await giving([given.map(({ id }) => id), body], (key) => sendCommands(given, body, key));
      leave(answer.items.filter((line) => line.done).map(({ id, seq }) => ({ id, seq: seq ?? 0 })), order.unit.name);
      if (answer.done < given.length) void query.refetch();
      return answer;
    } finally {
      busy.value = false;
      void queries.invalidateQueries({ queryKey: ["queues"] });
    }
  }

  function leave(cases: Sent["cases"], name: string) {
    if (!cases.length) return;
    hidden.value = new Set([...hidden.value, ...cases.map(({ id }) => id)]);
    mark(cases.map(({ id }) => id), false);
    clearInterval(timer);
    sent.value = { name, cases, left: UNDO_S };
    timer = setInterval(() => {
      if (sent.value && sent.value.left > 1) sent.value = { ...sent.value, left: sent.value.left - 1 };
      else forget();
    }, 1_000);
  }

  function forget() {
    clearInterval(timer);
    sent.value = null;
    void queries.invalidateQueries({ queryKey: ["dispatch-record"] });
  }

  /** Taken back as long as nobody has acted on it: the number of the last entry says so. */
  async function undo(reason: string): Promise<Batch | null> {
    const undone = sent.value;
    if (!undone) return null;
    forget();
    const answer = await oneIntention()(reason, (key) => sendCommands(undone.cases, { command: "recall", reason }, key));
    const back = new Set(answer.items.filter((line) => line.done).map((line) => line.id));
    hidden.value = new Set([...hidden.value].filter((id) => !back.has(id)));
    await query.refetch();
    void queries.invalidateQueries({ queryKey: ["queues"] });
    return answer;
  }

  /** Gone by another act than a dispatch. */
  function drop(id: string) {
    hidden.value = new Set([...hidden.value, id]);
    mark([id], false);
    void queries.invalidateQueries({ queryKey: ["queues"] });
  }

  onScopeDispose(() => clearInterval(timer));
  return { query, groups, ordered, marked, ticked, lost, hidden, sent, busy, mark, dispatch, undo, drop };
}

/** What a unit has before it today; the piles, what is ticked, and the acts that need no page of their own. */

import { getWorkbench, oneIntention, sendCommand, sendCommands, type AnyCommand, type Batch, type Order } from "@gezhi/api";
import { setServerTime } from "@gezhi/ui/ticking";
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, ref } from "vue";

const EVERY_MS = 15_000;

export interface Place {
  lon: number;
  lat: number;
}

export function useBench() {
  const queries = useQueryClient();
  const marked = ref(new Set<string>());
  const query = useQuery({
    queryKey: ["workbench"],
    queryFn: async ({ signal }) => {
      const bench = await getWorkbench(signal);
      setServerTime(bench.now);
      return bench;
    },
    refetchInterval: EVERY_MS,
  });
  const items = computed(() => query.data.value?.items ?? []);
  const own = computed(() => query.data.value?.unit.id);

  function mark(id: string) {
    const next = new Set(marked.value);
    if (!next.delete(id)) next.add(id);
    marked.value = next;
  }

  async function renew() {
    marked.value = new Set();
    void queries.invalidateQueries({ queryKey: ["queues"] });
    await query.refetch();
  }

  const receiving = oneIntention();
  async function receive(orders: Order[]): Promise<Batch> {
    const cases = orders.map(({ row }) => ({ id: row.id, seq: row.seq }));
    const answer = await receiving(cases.map(({ id }) => id), (key) => sendCommands(cases, { command: "receive" }, key));
    await renew();
    return answer;
  }

  async function act(order: Order, command: AnyCommand, key: string) {
    await sendCommand(order.row.id, { ...command, seq: order.row.seq }, key);
    await renew();
  }

  return { query, items, own, marked, mark, renew, receive, act };
}

/** Where the telephone is; null where it does not say. */
export function whereAmI(): Promise<Place | null> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: 8_000, maximumAge: 60_000 },
    );
  });
}

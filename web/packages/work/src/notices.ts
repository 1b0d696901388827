/** What is asked every few seconds: how many notices are unread, and since when the clocks stand; and what happens when some are read. */

import { countUnread, markRead, type Notice } from "@gezhi/api";
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed } from "vue";

import { session } from "./session";

const EVERY_MS = 15_000;
const key = computed(() => ["notices", "unread", session.value?.user.id]);

export function useUnread() {
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => countUnread(signal),
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: false,
  });
  return {
    unread: computed(() => query.data.value?.unread ?? 0),
    more: computed(() => query.data.value?.more ?? false),
    clocksStoppedAt: computed(() => query.data.value?.clocks_stopped_at ?? null),
  };
}

export function useReading() {
  const queries = useQueryClient();
  const send = async (body: Parameters<typeof markRead>[0]) => {
    queries.setQueryData(key.value, await markRead(body));
    await queries.invalidateQueries({ queryKey: ["notices", "list"] });
  };
  return {
    read: async (notice: Notice) => {
      if (!notice.read_at) await send({ ids: [notice.id] });
    },
    /** All that is shown and all that is older. */
    readAll: async (newest: Notice | undefined) => {
      if (newest) await send({ until: newest.created_at });
    },
  };
}

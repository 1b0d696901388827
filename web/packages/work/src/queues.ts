/** The workbench of the acting post: its queues with counts, shared by side bar and list. */

import { listQueues } from "@gezhi/api";
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";

import { session } from "./session";

/** Queues that look rather than ask for an act. */
const LOOKING = new Set(["all_open", "finished", "my_reports"]);

export function useQueues() {
  const query = useQuery({
    queryKey: ["queues", computed(() => session.value?.post.id)],
    queryFn: ({ signal }) => listQueues(signal),
    refetchInterval: 15_000,
    refetchIntervalInBackground: false,
  });
  const all = computed(() => query.data.value?.items ?? []);
  return {
    ...query,
    all,
    acting: computed(() => all.value.filter((entry) => !LOOKING.has(entry.queue))),
    looking: computed(() => all.value.filter((entry) => LOOKING.has(entry.queue))),
  };
}

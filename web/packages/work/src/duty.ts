/** The state of the desk that one sits at: on until when, a hand-over due, to be taken, or left out. */

import { getDeskDuty } from "@gezhi/api";
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";

import { session } from "./session";

/** Posts that sit at desks on shifts. */
const DESKS = new Set(["acceptor", "duty-officer", "dispatcher"]);

export function useDeskDuty() {
  const query = useQuery({
    queryKey: ["shift", "duty", computed(() => session.value?.post.id)],
    queryFn: ({ signal }) => getDeskDuty(signal),
    enabled: computed(() => DESKS.has(session.value?.post.role ?? "")),
    refetchInterval: 60_000,
  });
  const duty = computed(() => {
    const found = query.data.value;
    return found && found.duty !== "none" ? { ...found, duty: found.duty } : null;
  });
  return { ...query, duty };
}

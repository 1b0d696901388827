/** What the reporters of a case were told: read once for all parts of its page. */

import { listTold, type ToldReporter } from "@gezhi/api";
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";

const SOON_MS = 3_000;
const isOnItsWay = ({ answer, told }: ToldReporter) => answer === "waiting" || told.some(({ state }) => state === "waiting");

/** `seq`: number of the case's last entry; what was told is read anew when it moves. */
export function useTold(caseId: () => string, seq: () => number | undefined) {
  return useQuery({
    queryKey: ["told", computed(caseId), computed(seq)],
    queryFn: ({ signal }) => listTold(caseId(), signal),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.items.some(isOnItsWay) ? SOON_MS : false),
    refetchIntervalInBackground: false,
  });
}

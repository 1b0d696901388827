/** One case as the server has it now, renewed while it is on show. */

import { getCase, type CaseDetail } from "@gezhi/api";
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";

export function useCase(id: Ref<string | null>) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["case", id],
    queryFn: ({ signal }) => getCase(id.value ?? "", signal),
    enabled: computed(() => Boolean(id.value)),
    refetchInterval: 20_000,
  });
  return {
    ...query,
    /** After an act: the answer is the newest detail, and every count may have moved. */
    put(detail: CaseDetail) {
      queries.setQueryData(["case", detail.id], detail);
      void queries.invalidateQueries({ queryKey: ["queues"] });
    },
  };
}

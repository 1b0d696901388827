/** The names of what was chosen before and stands in no list that is shown: a draft keeps codes alone. */

import { useQuery } from "@tanstack/vue-query";
import { computed, type ComputedRef } from "vue";

export function useNamed<K extends string | number, T>(
  of: string, chosen: () => K | K[] | null, found: () => T[], keyOf: (one: T) => K, ask: (keys: K[], signal: AbortSignal) => Promise<T[]>,
): ComputedRef<T[]> {
  const missing = computed(() =>
    [chosen() ?? []].flat().filter((key) => !found().some((one) => keyOf(one) === key)) as K[]);
  const { data } = useQuery({
    queryKey: ["named", of, missing],
    queryFn: ({ signal }) => ask(missing.value, signal),
    enabled: computed(() => missing.value.length > 0),
    staleTime: 600_000,
  });
  return computed(() => (data.value ?? []).filter((one) => missing.value.includes(keyOf(one))));
}

import { suggest } from "@gezhi/api";
import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";

import type { ReportWords } from "./report";

/** Grid, unit and possible duplicates for the place and class chosen so far. */
export function useSuggestion(words: Ref<ReportWords>) {
  const asked = computed(() => {
    const { point, classKey } = words.value;
    return point && { lon: point.lon, lat: point.lat, class_key: classKey };
  });
  const query = useQuery({
    queryKey: ["suggest", asked],
    queryFn: ({ signal }) => suggest(asked.value ?? {}, signal),
    enabled: computed(() => asked.value !== null),
    placeholderData: (before) => before,
  });
  return { ...query, suggestion: computed(() => (asked.value ? (query.data.value ?? null) : null)) };
}

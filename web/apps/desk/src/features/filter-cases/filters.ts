import { readFilters, writeFilters, type Filters } from "@gezhi/logic";
import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";

/** The filters that stand in the address; list and map read the same ones. */
export function useFilters() {
  const route = useRoute();
  const router = useRouter();
  /** The rest of the address may change (which case is shown) without the filters being new ones. */
  const written = computed(() => JSON.stringify(readFilters(route.query)));
  const filters = computed(() => JSON.parse(written.value) as Filters);
  return {
    filters,
    change: (part: Filters) => router.replace({ query: writeFilters({ ...filters.value, ...part }) }),
  };
}

const SHELF = "gezhi.filters";

export interface Saved {
  name: string;
  query: Record<string, string>;
}

export function readSaved(): Saved[] {
  try {
    return JSON.parse(localStorage.getItem(SHELF) ?? "[]") as Saved[];
  } catch {
    return [];
  }
}

export function writeSaved(saved: Saved[]): void {
  localStorage.setItem(SHELF, JSON.stringify(saved));
}

/** What a ledger is narrowed by, as it stands in the address. */

import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";

export const NAMES = ["q", "unit", "region", "since", "until", "outcome", "late"] as const;
export type LedgerFilters = Partial<Record<(typeof NAMES)[number], string>>;

export function useLedgerFilters() {
  const route = useRoute();
  const router = useRouter();
  const written = computed(() => JSON.stringify(read(route.query)));
  const filters = computed(() => JSON.parse(written.value) as LedgerFilters);
  return {
    filters,
    count: computed(() => Object.keys(filters.value).length),
    change: (part: LedgerFilters) => router.replace({ query: read({ ...filters.value, ...part }) }),
    clear: () => router.replace({ query: {} }),
  };
}

/** Empty values vanish, so that one ledger has one address. */
export function read(address: Record<string, unknown>): LedgerFilters {
  const found: LedgerFilters = {};
  for (const name of NAMES) {
    const value = address[name];
    if (typeof value === "string" && value.trim()) found[name] = value.trim();
  }
  return found;
}

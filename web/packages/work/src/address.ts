/** What a register is narrowed by and which row is open, as it stands in the address. */

import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";

export type Narrowed = Record<string, string>;

export function useAddress(names: readonly string[]) {
  const route = useRoute();
  const router = useRouter();
  const written = computed(() => JSON.stringify(read(route.query)));
  const filters = computed(() => JSON.parse(written.value) as Narrowed);
  const chosen = computed(() => (typeof route.query.open === "string" ? route.query.open : null));
  const go = (kept: Narrowed, open: string | null) => router.replace({ query: { ...kept, ...(open && { open }) } });

  /** Empty values vanish, so that one view has one address. */
  function read(query: Record<string, unknown>): Narrowed {
    const pairs = names.map((name) => [name, query[name]] as const);
    return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => typeof pair[1] === "string" && pair[1] !== ""));
  }

  return {
    filters,
    chosen,
    count: computed(() => Object.keys(filters.value).length),
    change: (part: Narrowed) => go(read({ ...filters.value, ...part }), null),
    choose: (id: string | null) => go(filters.value, id),
    clear: () => go({}, null),
  };
}

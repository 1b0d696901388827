/** The rows of a register, page after page. */

import { useInfiniteQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";

import type { Filters } from "./address";

interface Page<R> {
  items: R[];
  next_cursor: string | null;
}

export function useRegister<P extends Page<unknown>>(
  name: string,
  filters: Ref<Filters>,
  read: (query: Filters & { cursor: string }, signal: AbortSignal) => Promise<P>,
) {
  const list = useInfiniteQuery({
    queryKey: ["supervision", name, filters],
    queryFn: ({ signal, pageParam }) => read({ ...filters.value, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: 60_000,
  });
  return {
    rows: computed(() => (list.data.value?.pages.flatMap((page) => page.items) ?? []) as P["items"]),
    first: computed(() => list.data.value?.pages[0] as P | undefined),
    state: computed(() => ({
      pending: list.isPending.value,
      error: list.error.value,
      fetching: list.isFetching.value,
      reading: list.isFetchingNextPage.value,
    })),
    more: () => {
      if (list.hasNextPage.value && !list.isFetching.value) void list.fetchNextPage();
    },
    refetch: () => void list.refetch(),
  };
}

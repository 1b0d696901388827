/** The rows of a register, page after page, and one of them in full. */

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";

import type { Narrowed } from "./address";

interface Page<R> {
  items: R[];
  next_cursor: string | null;
}

export function useRegister<P extends Page<unknown>>(
  name: string,
  filters: Ref<Narrowed>,
  read: (query: Narrowed & { cursor: string }, signal: AbortSignal) => Promise<P>,
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
      hasMore: list.hasNextPage.value,
    })),
    more: () => {
      if (list.hasNextPage.value && !list.isFetching.value) void list.fetchNextPage();
    },
    refetch: () => void list.refetch(),
  };
}

/** A register in which what waits for somebody stands first, however old it is. */
export function useUrgentFirst<P extends Page<{ id: string }>>(
  name: string,
  filters: Ref<Narrowed>,
  urgent: Ref<Narrowed>,
  read: (query: Narrowed & { cursor: string }, signal: AbortSignal) => Promise<P>,
) {
  const whole = useRegister(name, filters, read);
  const waiting = useRegister(`${name}-urgent`, urgent, read);
  return {
    ...whole,
    rows: computed(() => urgentFirst<P["items"][number]>(waiting.rows.value, whole.rows.value)),
    waiting: computed(() => waiting.first.value),
  };
}

/** Each row once. */
export function urgentFirst<R extends { id: string }>(urgent: R[], rows: R[]): R[] {
  const known = new Set(urgent.map(({ id }) => id));
  return [...urgent, ...rows.filter(({ id }) => !known.has(id))];
}

/** One row as the server has it; a deed answers the row after it, and every list may have moved. */
export function useRow<T>(name: string, id: string, read: (id: string, signal: AbortSignal) => Promise<T>) {
  const queries = useQueryClient();
  const key = ["supervision", name, "one", id];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => read(id, signal) });
  return {
    row: query.data,
    error: query.error,
    refetch: () => void query.refetch(),
    put: async (row: T) => {
      queries.setQueryData(key, row);
      await queries.invalidateQueries({ queryKey: ["supervision"] });
    },
  };
}

/** The work list while it is being read: pages on demand, fresh rows announced, nothing moved under the reader. */

import { listCases, listChanges, type CaseRow } from "@gezhi/api";
import { askFilters, growthOf, hearChanges, startReading, type Change, type Filters, type Reading } from "@gezhi/logic";
import { setServerTime } from "@gezhi/ui";
import { onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";

const PAGE = 50;
const EVERY_MS = 8_000;

export function useCaseList(filters: Ref<Filters>) {
  const reading = shallowRef<Reading<CaseRow>>(startReading([]));
  const total = ref(0);
  /** True when there are more than the server counts. */
  const uncounted = ref(false);
  const next = ref<string | null>(null);
  const busy = ref(false);
  const ready = ref(false);
  const problem = ref<unknown>(null);
  /** The moment of the last news, once a poll has failed. */
  const staleSince = ref<string | null>(null);

  let cursor = "";
  let heard = new Date().toISOString();
  let fetching = new AbortController();

  async function load() {
    fetching.abort();
    const mine = (fetching = new AbortController());
    busy.value = true;
    problem.value = null;
    try {
      const page = await listCases({ ...askFilters(filters.value), limit: PAGE }, mine.signal);
      setServerTime(page.now);
      reading.value = startReading(page.items);
      total.value = page.total;
      uncounted.value = page.total_is_more;
      next.value = page.next_cursor;
      cursor = page.change_cursor;
      heard = page.now;
      staleSince.value = null;
      ready.value = true;
    } catch (error) {
      if (!mine.signal.aborted) problem.value = error;
    } finally {
      if (mine === fetching) busy.value = false;
    }
  }

  async function more() {
    if (!next.value || busy.value) return;
    busy.value = true;
    try {
      const page = await listCases({ ...askFilters(filters.value), limit: PAGE, cursor: next.value }, fetching.signal);
      const known = new Set(reading.value.rows.map((row) => row.id));
      reading.value = {
        ...reading.value, rows: [...reading.value.rows, ...page.items.filter((row) => !known.has(row.id))],
      };
      next.value = page.next_cursor;
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = false;
    }
  }

  /** Only what changed comes; the server says whether it belongs here, so that nothing else is read again. */
  async function poll() {
    if (document.hidden || !cursor || busy.value) return;
    const { signal } = fetching;
    try {
      const asked = { ...askFilters(filters.value), cursor, ...(next.value && { read_to: next.value }) };
      const changes = await listChanges(asked, signal);
      if (signal.aborted) return;
      hear(changes.items);
      cursor = changes.cursor;
      heard = changes.now;
      staleSince.value = null;
    } catch {
      if (!signal.aborted) staleSince.value = heard;
    }
  }

  function hear(changes: Change<CaseRow>[]) {
    const before = reading.value;
    reading.value = hearChanges(before, changes);
    total.value += growthOf(before, reading.value);
  }

  /** The reader's own act: the row shows its new state at once, and whether it still belongs with the next news. */
  const put = (row: CaseRow) => hear([{ row, belongs: false, later: false }]);

  const timer = window.setInterval(() => void poll(), EVERY_MS);
  onScopeDispose(() => {
    window.clearInterval(timer);
    fetching.abort();
  });
  watch(filters, () => void load(), { immediate: true });

  return { reading, total, uncounted, next, busy, ready, problem, staleSince, load, more, poll, put };
}

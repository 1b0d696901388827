/** The clauses that the text becomes, as the server reads it, half a second after the last key. */

import { isProblem, previewText, type Clause } from "@gezhi/api";
import { onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";

const PAUSE_MS = 500;

export function usePreview(text: Ref<string>) {
  const clauses = shallowRef<Clause[]>([]);
  const gaps = shallowRef<{ after: string; found: string }[]>([]);
  const problem = ref<unknown>(null);
  let timer = 0;
  let asking = new AbortController();

  async function ask(now: string) {
    asking.abort();
    const mine = (asking = new AbortController());
    try {
      const found = await previewText(now, mine.signal);
      clauses.value = found.clauses;
      gaps.value = found.gaps;
      problem.value = null;
    } catch (error) {
      if (!mine.signal.aborted && isProblem(error)) problem.value = error;
    }
  }

  watch(text, (now) => {
    window.clearTimeout(timer);
    if (now.trim()) timer = window.setTimeout(() => void ask(now), PAUSE_MS);
    else [clauses.value, gaps.value, problem.value] = [[], [], null];
  }, { immediate: true });
  onScopeDispose(() => {
    window.clearTimeout(timer);
    asking.abort();
  });
  return { clauses, gaps, problem };
}

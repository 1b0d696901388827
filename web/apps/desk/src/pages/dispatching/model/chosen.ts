/** The case that is being read stays before the reader, whatever becomes of the list. */

import type { Waiting } from "@gezhi/api";
import { computed, ref, shallowRef, watch, type Ref } from "vue";

export function useChosen(id: Ref<string | null>, ordered: Ref<Waiting[]>, ready: Ref<boolean>, own: Ref<Set<string>>) {
  const last = shallowRef<Waiting | null>(null);
  /** Where in the list it stood last. */
  const at = ref(0);
  watch([id, ordered], () => {
    const stands = ordered.value.findIndex(({ row }) => row.id === id.value);
    if (stands < 0) return;
    last.value = ordered.value[stands] ?? null;
    at.value = stands;
  }, { immediate: true });
  const current = computed(() => (last.value?.row.id === id.value ? last.value : null));
  /** It waits no more, and not by an act of this desk. */
  const taken = computed(() => id.value !== null && ready.value && !own.value.has(id.value)
    && !ordered.value.some(({ row }) => row.id === id.value));
  return { current, taken, at };
}

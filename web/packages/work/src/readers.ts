/** Who else has which case of a shared list before them; what one reads oneself is told to the others. */

import { tellReading } from "@gezhi/api";
import { onScopeDispose, ref, watch, type Ref } from "vue";

import { may } from "./session";

const EVERY_MS = 12_000;
const MOST = 200;

export function useReaders(current: Ref<string | null>, among: Ref<string[]>) {
  const readers = ref(new Map<string, string[]>());

  async function tell() {
    if (document.hidden || !among.value.length || !may("cases.act")) return;
    try {
      const { items } = await tellReading({ case: current.value, among: among.value.slice(0, MOST) });
      readers.value = new Map(items.map(({ case: id, people }) => [id, people]));
    } catch {
      readers.value = new Map(); // a hint only
    }
  }

  const timer = window.setInterval(() => void tell(), EVERY_MS);
  watch([current, () => among.value.length > 0], () => void tell(), { immediate: true });
  onScopeDispose(() => {
    window.clearInterval(timer);
    if (may("cases.act")) void tellReading({ case: null, among: [] }).catch(() => undefined);
  });
  return readers;
}

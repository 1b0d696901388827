/** Whether the description gives its sender away, and what the number is: asked of the server, who knows the rule, when typing pauses. */

import { lookAtWords, type Typed } from "@gezhi/api";
import { onScopeDispose, ref, watch, type Ref } from "vue";

import type { ReportWords } from "./report";

const PAUSE_MS = 600;

export function useTyped(words: Ref<ReportWords>) {
  const typed = ref<Typed | null>(null);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  async function look(description: string, name: string, phone: string) {
    asking = new AbortController();
    try {
      typed.value = await lookAtWords({ description, name, phone }, asking.signal);
    } catch {
      typed.value = null; // a hint only: without it the report is sent all the same
    }
  }

  const stop = () => {
    clearTimeout(waiting);
    asking?.abort();
  };
  watch(() => [words.value.description, words.value.name, words.value.phone] as const, ([description, name, phone]) => {
    stop();
    if (!description.trim() && !phone.trim()) typed.value = null;
    else waiting = setTimeout(() => void look(description.slice(0, 2000), name.slice(0, 60), phone.slice(0, 60)), PAUSE_MS);
  }, { immediate: true });
  onScopeDispose(stop);
  return typed;
}

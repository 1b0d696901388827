import { onMounted, onUnmounted } from "vue";

const MOVES = new Set(["j", "k"]);

/** j k Enter x Esc, unless somebody is typing. A key that is held down moves on, but acts once. */
export function useListKeys(acts: Record<string, () => void>): void {
  function listen(event: KeyboardEvent) {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input:not([type=checkbox]), textarea, select, [role=combobox], [role=dialog]")) return;
    if (event.key === "Enter" && target.closest("button, a, summary")) return;
    const act = acts[event.key];
    if (!act || (event.repeat && !MOVES.has(event.key))) return;
    event.preventDefault();
    act();
  }
  onMounted(() => document.addEventListener("keydown", listen));
  onUnmounted(() => document.removeEventListener("keydown", listen));
}

import { onScopeDispose, readonly, ref } from "vue";

const now = ref(Date.now());
let ahead = 0;
let users = 0;
let timer = 0;

/** The server's present moment in milliseconds, renewed every ten seconds for everybody who looks. */
export function useNow() {
  if (users++ === 0) timer = window.setInterval(tick, 10_000);
  tick();
  onScopeDispose(() => {
    if (--users === 0) window.clearInterval(timer);
  });
  return readonly(now);
}

function tick(): void {
  now.value = Date.now() + ahead;
}

/** The server's clock counts, not the one on the desk. */
export function setServerTime(iso: string): void {
  ahead = Date.parse(iso) - Date.now();
  tick();
}

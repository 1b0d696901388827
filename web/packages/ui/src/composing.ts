/** A key that an input method takes: Enter, an arrow or Esc while letters are being composed. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Keys that belong to an input method reach no shortcut, search or form, wherever it listens. */
export function leaveKeysToComposing(target: EventTarget = window): void {
  const keep = (event: Event) => {
    if (isComposing(event as KeyboardEvent)) event.stopImmediatePropagation();
  };
  for (const kind of ["keydown", "keyup", "keypress"]) target.addEventListener(kind, keep, { capture: true });
}

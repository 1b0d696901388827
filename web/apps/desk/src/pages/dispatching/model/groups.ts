/** Waiting cases by the unit that the duty table names for them. */

import type { Waiting } from "@gezhi/api";

/** Cases that would go to the same unit; `unit` is null where the duty table names none. */
export interface Group {
  unit: { id: number; name: string } | null;
  items: Waiting[];
}

/** Cases in the order of the list, gathered by the unit that is suggested for them. */
export function groupsOf(items: Waiting[]): Group[] {
  const groups = new Map<number, Group>();
  for (const item of items) {
    const unit = item.choices.find(({ unit: { id } }) => id === item.suggested)?.unit ?? null;
    const key = unit?.id ?? 0;
    const group = groups.get(key) ?? { unit, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** One entry of a thread, whichever register it belongs to. */

import type { SupervisionEvent } from "@gezhi/api";

export interface ThreadEvent {
  seq: number;
  kind: string;
  kind_zh: string;
  kind_en: string;
  at: string;
  by: string;
  text: string;
  pictures: { url: string; thumb_url: string }[];
}

export function threadOf(events: SupervisionEvent[]): ThreadEvent[] {
  return events.map(({ seq, kind, at, text, ...one }) => ({
    seq, kind: kind.key, kind_zh: kind.zh, kind_en: kind.en, at, text,
    by: [one.person, one.role, one.organisation].filter((part, index, all) => part && all.indexOf(part) === index).join(" · "),
    pictures: one.pictures,
  }));
}

/** How a second place stands: what it lacks of all that is signed. */

import type { Proof } from "@gezhi/api";

type Place = Proof["places"][number];

export interface PlaceStanding {
  word: "place_late" | "place_none" | "place_behind" | "place_whole";
  tone: "red" | "green" | "";
  count: number;
}

export function standingOf({ size, late }: Place, signed: number): PlaceStanding {
  const count = Math.max(0, signed - (size ?? 0));
  if (late) return { word: "place_late", tone: "red", count };
  if (size === null) return { word: "place_none", tone: "", count };
  return count ? { word: "place_behind", tone: "", count } : { word: "place_whole", tone: "green", count };
}

/** Where the name of an area stands: the middle of its largest ring. */

import type { Geometry, Position } from "geojson";

export function labelPoint(geometry: Geometry): Position | null {
  if (geometry.type === "Polygon") return middleOf(geometry.coordinates[0] ?? []);
  if (geometry.type !== "MultiPolygon") return null;
  const rings = geometry.coordinates.map(([outer]) => outer ?? []);
  return middleOf(rings.reduce((largest, ring) => (Math.abs(areaOf(ring)) > Math.abs(areaOf(largest)) ? ring : largest), []));
}

/** Signed, in square degrees: enough to compare rings of one area. */
export function areaOf(ring: Position[]): number {
  return sumEdges(ring, (cross) => cross) / 2;
}

function middleOf(ring: Position[]): Position | null {
  const area = areaOf(ring);
  if (area === 0) return ring[0] ?? null;
  const lon = sumEdges(ring, (cross, [x], [nextX]) => (x + nextX) * cross);
  const lat = sumEdges(ring, (cross, [, y], [, nextY]) => (y + nextY) * cross);
  return [lon / (6 * area), lat / (6 * area)];
}

type Pair = [number, number];

function sumEdges(ring: Position[], term: (cross: number, from: Pair, to: Pair) => number): number {
  let sum = 0;
  for (let at = 0; at + 1 < ring.length; at++) {
    const from = ring[at] as Pair;
    const to = ring[at + 1] as Pair;
    sum += term(from[0] * to[1] - to[0] * from[1], from, to);
  }
  return sum;
}

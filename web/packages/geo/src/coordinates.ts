/** Coordinates (CGCS2000 degrees, longitude first) as people type and read them. */

export interface Point {
  lon: number;
  lat: number;
}

export type Bounds = [west: number, south: number, east: number, north: number];

const NUMBER = /[-+]?\d+(?:\.\d+)?/g;

/**
 * Reads "113.6253, 34.7466"; null when it is no place on earth. Swapped pairs are put right where only one order can be
 * meant.
 */
export function parsePoint(text: string): Point | null {
  const numbers = (text.match(NUMBER) ?? []).map(Number);
  const [first, second] = numbers;
  if (numbers.length !== 2 || first === undefined || second === undefined) return null;
  if (isLon(first) && isLat(second)) return { lon: first, lat: second };
  if (isLat(first) && isLon(second)) return { lon: second, lat: first };
  return null;
}

export function formatPoint(point: Point): string {
  return `${point.lon.toFixed(6)}, ${point.lat.toFixed(6)}`;
}

export function isInside(point: Point, [west, south, east, north]: Bounds): boolean {
  return point.lon >= west && point.lon <= east && point.lat >= south && point.lat <= north;
}

export function boundsAround(point: Point, metres: number): Bounds {
  const lat = metres / 111_320;
  const lon = lat / Math.cos((point.lat * Math.PI) / 180);
  return [point.lon - lon, point.lat - lat, point.lon + lon, point.lat + lat];
}

const isLon = (value: number) => Math.abs(value) <= 180;
const isLat = (value: number) => Math.abs(value) <= 90;

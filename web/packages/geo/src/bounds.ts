/** The box around a shape. */

import type { Geometry, Position } from "geojson";

import type { Bounds } from "./coordinates";

export function boundsOf(geometry: Geometry): Bounds {
  const points = "coordinates" in geometry ? flat(geometry.coordinates) : [];
  const lons = points.map(([lon]) => lon ?? 0);
  const lats = points.map(([, lat]) => lat ?? 0);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

type Nested = Position | Nested[];

function flat(coordinates: Nested): Position[] {
  return typeof coordinates[0] === "number" ? [coordinates as Position] : (coordinates as Nested[]).flatMap(flat);
}

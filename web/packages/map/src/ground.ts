/** The ground under every map: borders, streets and unit grids of the city, drawn by us without any outside tile server. */

import { mapLayer } from "@gezhi/api";
import { labelPoint, type Bounds } from "@gezhi/geo";
import { token } from "@gezhi/ui";
import type { FeatureCollection } from "geojson";
import {
  Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource,
  type LayerSpecification, type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

import { addMarks } from "./marks";

setWorkerUrl(workerUrl);

export const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };
const LAYERS = ["borders", "streets", "grids"] as const;
export const GRIDS_FROM_ZOOM = 14.5;
const FROM_ZOOM = { borders: 0, streets: 10, grids: GRIDS_FROM_ZOOM };
const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"];

export type Start = { centre: [number, number]; zoom: number } | { bounds: Bounds };

export interface Ground {
  container: HTMLElement;
  /** Where it begins: a place with a zoom, else the whole of the bounds. */
  start: Start;
  basemap: string;
  words: Record<string, string>;
}

export function createGround({ container, start, basemap, words }: Ground): MapLibre {
  const map = new MapLibre({
    container, ...viewOf(start), minZoom: 7, maxZoom: 19.5, style: styleOf(basemap), attributionControl: false,
    dragRotate: false, pitchWithRotate: false, locale: words, fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 96 }), "bottom-left");
  let fetching = new AbortController();
  const refresh = () => {
    fetching.abort();
    fetching = new AbortController();
    void refreshGround(map, fetching.signal);
  };
  map.on("load", () => {
    addMarks(map);
    refresh();
    map.on("moveend", refresh);
  });
  map.on("remove", () => fetching.abort());
  return map;
}

function viewOf(start: Start) {
  if ("bounds" in start) return { bounds: start.bounds, fitBoundsOptions: { padding: 16 } };
  return { center: start.centre, zoom: start.zoom };
}

/** After a change of theme: same data, new colours. */
export function recolour(map: MapLibre, basemap: string): void {
  for (const layer of styleOf(basemap).layers) {
    const paint = ("paint" in layer ? layer.paint : undefined) ?? {};
    for (const [name, value] of Object.entries(paint)) {
      if (map.getLayer(layer.id)) map.setPaintProperty(layer.id, name as "fill-color", value as string);
    }
  }
  addMarks(map);
}

export function bboxOf(map: MapLibre, padding = 0.15): string {
  const [[west, south], [east, north]] = map.getBounds().toArray() as [[number, number], [number, number]];
  const x = (east - west) * padding;
  const y = (north - south) * padding;
  return [west - x, south - y, east + x, north + y].map((value) => value.toFixed(6)).join(",");
}

async function refreshGround(map: MapLibre, signal: AbortSignal): Promise<void> {
  const zoom = map.getZoom();
  const query = { bbox: bboxOf(map), zoom: Math.floor(zoom) };
  await Promise.all(LAYERS.map(async (layer) => {
    const source = map.getSource<GeoJSONSource>(layer);
    if (!source) return;
    if (zoom < FROM_ZOOM[layer]) return void source.setData(EMPTY);
    const data = await mapLayer(layer, query, signal).catch(() => null);
    if (!data || signal.aborted) return;
    source.setData(data);
    if (layer === "borders") map.getSource<GeoJSONSource>("names")?.setData(namesOf(data));
  }));
}

function namesOf({ features }: FeatureCollection): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: features.flatMap(({ geometry, properties }) => {
      const coordinates = labelPoint(geometry);
      return coordinates ? [{ type: "Feature" as const, properties, geometry: { type: "Point" as const, coordinates } }] : [];
    }),
  };
}

function styleOf(basemap: string): StyleSpecification {
  const sources: StyleSpecification["sources"] = Object.fromEntries(
    [...LAYERS, "names"].map((layer) => [layer, { type: "geojson", data: EMPTY }]),
  );
  if (basemap) sources.basemap = { type: "raster", tiles: [basemap], tileSize: 256 };
  return { version: 8, sources, layers: layersOf(Boolean(basemap)) };
}

function layersOf(overBasemap: boolean): LayerSpecification[] {
  /** Greater streets are wider at every zoom. */
  const width = (at10: number, at17: number) => {
    const share = ["match", ["get", "class"], "expressway", 1.6, "arterial", 1.2, "secondary", 0.8, 0.5];
    return ["interpolate", ["exponential", 1.6], ["zoom"], 10, ["*", share, at10], 17, ["*", share, at17]] as never;
  };
  const background: LayerSpecification = {
    id: "background", type: "background", paint: { "background-color": token("map-ground") },
  };
  const drawn: LayerSpecification[] = [
    {
      id: "land", type: "fill", source: "borders", filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": token("map-land"), "fill-opacity": overBasemap ? 0 : 1 },
    },
    {
      id: "street-edges", type: "line", source: "streets", layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": token("map-street-edge"), "line-width": width(1.8, 16) },
    },
    {
      id: "streets", type: "line", source: "streets", minzoom: 11, layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": token("map-street"), "line-width": width(0.8, 13) },
    },
    {
      id: "grids", type: "line", source: "grids", minzoom: FROM_ZOOM.grids,
      paint: { "line-color": token("map-grid"), "line-width": 0.8, "line-dasharray": [3, 2] },
    },
    {
      id: "borders", type: "line", source: "borders",
      paint: {
        "line-color": token("map-border"),
        "line-width": ["match", ["get", "level"], "city", 2.2, "county", 1.6, "street", 1, 0.6],
        "line-opacity": ["match", ["get", "level"], "city", 1, "county", 0.9, 0.55],
        "line-dasharray": [4, 2, 1, 2],
      },
    },
    {
      id: "border-names", type: "symbol", source: "names",
      layout: {
        "text-field": ["get", "name"], "text-font": FONT,
        "text-size": ["match", ["get", "level"], "city", 14, "county", 14, 12], "symbol-sort-key": ["match", ["get", "level"], "county", 0, "city", 1, 2],
        "text-max-width": 11, "text-padding": 12,
        "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.6,
      },
      paint: labelPaint(1.6),
    },
  ];
  if (!overBasemap) return [background, ...drawn];
  return [background, { id: "basemap", type: "raster", source: "basemap" }, ...drawn.filter(({ id }) => !id.startsWith("street"))];
}

function labelPaint(halo: number) {
  return { "text-color": token("map-label"), "text-halo-color": token("map-halo"), "text-halo-width": halo };
}

import "maplibre-gl/dist/maplibre-gl.css";

import { theme, useStrings } from "@gezhi/ui";
import type { Map as MapLibre } from "maplibre-gl";
import { nextTick, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from "vue";

import en from "./en.json";
import { createGround, recolour, type Start } from "./ground";
import zh from "./zh.json";

export interface Setting {
  start: Start;
  basemap: string;
}

/** A map in an element for as long as the component lives; `ready` once its sources may be filled. */
export function useGround(element: Ref<HTMLElement | null>, setting: () => Setting, ready: (map: MapLibre) => void) {
  const t = useStrings(zh, en);
  const map = shallowRef<MapLibre | null>(null);
  const failed = ref(false);
  /** Made, though perhaps not yet loaded. */
  let unfinished: MapLibre | null = null;

  onMounted(() => {
    const container = element.value;
    if (!container) return;
    const words = {
      "Map.Title": t("map"), "NavigationControl.ZoomIn": t("zoom_in"), "NavigationControl.ZoomOut": t("zoom_out"),
      "ScaleControl.Meters": t("metres"), "ScaleControl.Kilometers": t("kilometres"),
    };
    try {
      const made = createGround({ container, words, ...setting() });
      made.on("load", () => {
        map.value = made;
        ready(made);
      });
      unfinished = made;
    } catch {
      failed.value = true;
    }
  });

  onBeforeUnmount(() => unfinished?.remove());
  watch(theme, async () => {
    await nextTick();
    if (map.value) recolour(map.value, setting().basemap);
  });
  return { map, failed };
}

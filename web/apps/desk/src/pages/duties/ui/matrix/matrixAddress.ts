/** What the matrix shows, as it stands in the address. */

import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";

import { today } from "../../model/proposal";

export const COLUMNS = 24;
export const LEVELS = ["county", "street", "community"] as const;
export const KINDS = ["part", "matter"] as const;

export interface MatrixAsked {
  kind: (typeof KINDS)[number];
  level: (typeof LEVELS)[number];
  on: string;
  against: string;
  within: string;
  class_key: string;
  unit_id: string;
  first: number;
  at: string;
  most: number;
}

export function useMatrixAddress() {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string) => (typeof route.query[name] === "string" ? (route.query[name] as string) : "");

  const written = computed(() => JSON.stringify({
    kind: KINDS.find((kind) => kind === text("kind")) ?? "matter",
    level: LEVELS.find((level) => level === text("level")) ?? "county",
    on: text("on") || today(), against: text("against"), within: text("within"), class_key: text("class"), unit_id: text("unit"),
    first: Number(text("first")) || 0, at: text("cell").split("@")[1] ?? "", most: COLUMNS,
  } satisfies MatrixAsked));
  const asked = computed(() => JSON.parse(written.value) as MatrixAsked);

  function change(more: Record<string, string>) {
    const kept = { ...route.query, ...("first" in more || "open" in more || "cell" in more ? {} : { first: "" }), ...more };
    void router.replace({ query: Object.fromEntries(Object.entries(kept).filter(([, value]) => value)) });
  }

  const opened = computed(() => text("open").split(",").filter(Boolean));
  return {
    asked,
    opened,
    change,
    toggle(major: string) {
      const now = opened.value.includes(major) ? opened.value.filter((one) => one !== major) : [...opened.value, major];
      change({ open: now.join(",") });
    },
    /** Class and area of the cell that somebody came for. */
    wanted: computed(() => (text("cell") ? (text("cell").split("@") as [string, string]) : null)),
    /** To the next or the last columns, where there are any. */
    turn(by: number, count: number) {
      const first = asked.value.first + by * COLUMNS;
      if (first < count && first > -COLUMNS) change({ first: first > 0 ? String(first) : "" });
    },
  };
}

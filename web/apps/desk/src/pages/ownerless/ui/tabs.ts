/** The parts of this page, in their order. */

import { useStrings } from "@gezhi/ui";
import { computed } from "vue";

import en from "./en.json";
import zh from "./zh.json";

export function useTabs() {
  const t = useStrings(zh, en);
  return computed(() => (["board", "meetings", "settled"] as const).map((name) => ({ name, word: t(`tab_${name}`) })));
}

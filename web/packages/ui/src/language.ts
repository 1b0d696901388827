/** Two languages: strings lie beside each component, one composer speaks them all. */

import { computed } from "vue";
import { createI18n } from "vue-i18n";

export type Language = "zh" | "en";
type Values = Record<string, unknown>;

export const i18n = createI18n({ legacy: false, locale: "zh", fallbackLocale: "zh", messages: { zh: {}, en: {} } });

const spaces = new WeakMap<object, string>();
let count = 0;

function spaceOf(zh: object, en: object): string {
  const known = spaces.get(zh);
  if (known) return known;
  const space = `s${count++}`;
  spaces.set(zh, space);
  i18n.global.mergeLocaleMessage("zh", { [space]: zh });
  i18n.global.mergeLocaleMessage("en", { [space]: en });
  return space;
}

/** `t` for the strings of one component; a key that is not in its files does not compile. */
export function useStrings<K extends string>(zh: Record<K, string>, en: Record<K, string>) {
  const space = spaceOf(zh, en);
  return (key: K, values: Values = {}): string => i18n.global.t(`${space}.${key}`, values);
}

export const language = computed<Language>({
  get: () => (i18n.global.locale.value === "en" ? "en" : "zh"),
  set: (chosen) => {
    i18n.global.locale.value = chosen;
    document.documentElement.lang = chosen === "en" ? "en" : "zh-CN";
    localStorage.setItem("gezhi.language", chosen);
  },
});

/** What the server sent in two languages: a word or a sentence, or a name and its English; Chinese is always there. */
export function say(text: string | { zh: string; en: string }, en?: string | null): string {
  const both = typeof text === "string" ? { zh: text, en } : text;
  return language.value === "en" && both.en ? both.en : both.zh;
}

export function recallLanguage(): void {
  const kept = localStorage.getItem("gezhi.language");
  const wanted = kept ?? (navigator.language.startsWith("zh") ? "zh" : kept);
  language.value = wanted === "en" ? "en" : "zh";
}

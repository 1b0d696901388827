import { ref } from "vue";

export type Theme = "light" | "dark" | "contrast";
export const THEMES: Theme[] = ["light", "dark", "contrast"];

export const theme = ref<Theme>("light");

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  document.documentElement.dataset.theme = chosen;
  localStorage.setItem("gezhi.theme", chosen);
}

export function recallTheme(): void {
  const kept = localStorage.getItem("gezhi.theme") as Theme | null;
  const contrast = matchMedia("(prefers-contrast: more)").matches;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  theme.value = kept && THEMES.includes(kept) ? kept : contrast ? "contrast" : dark ? "dark" : "light";
  document.documentElement.dataset.theme = theme.value;
}

/** A token's present value, for what cannot read CSS variables (map, canvas). */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--gz-${name}`).trim();
}

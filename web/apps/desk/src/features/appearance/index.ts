export { default as LanguageSwitcher } from "./LanguageSwitcher.vue";
export { default as ThemeSwitcher } from "./ThemeSwitcher.vue";

export { default as ActionForm } from "./ActionForm.vue";
export { default as ActionPanel } from "./ActionPanel.vue";
export type { FormFacts } from "./values";

export { default as ActionForm } from "./ActionForm.vue";
export { default as ActionPanel } from "./ActionPanel.vue";
export { partsOf } from "./forms";
export { NO_FACTS } from "./values";

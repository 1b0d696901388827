export { default as ActionForm } from "./ActionForm.vue";
export { default as ActionPanel } from "./ActionPanel.vue";
export { default as FormField } from "./fields/FormField.vue";

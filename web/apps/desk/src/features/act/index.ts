export { default as ActionForm } from "./ActionForm.vue";
export { default as ActionPanel } from "./ActionPanel.vue";
export { default as AmountField } from "./fields/AmountField.vue";
export { default as ChoiceField } from "./fields/ChoiceField.vue";
export { default as MomentField } from "./fields/MomentField.vue";

export { default as ClassField } from "./ClassField.vue";
export { default as ClassSelect } from "./ClassSelect.vue";

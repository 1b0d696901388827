export { default as CollectorSelect } from "./CollectorSelect.vue";
export { default as UnitSelect } from "./UnitSelect.vue";

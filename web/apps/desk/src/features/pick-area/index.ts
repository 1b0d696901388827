export { default as AreaSelect } from "./AreaSelect.vue";
export { default as AreasSelect } from "./AreasSelect.vue";
export { default as RegionsSelect } from "./RegionsSelect.vue";

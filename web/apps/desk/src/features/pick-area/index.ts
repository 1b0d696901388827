export { default as AreaSelect } from "./AreaSelect.vue";

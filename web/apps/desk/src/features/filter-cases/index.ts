export { default as FilterBar } from "./FilterBar.vue";
export { useFilters } from "./filters";

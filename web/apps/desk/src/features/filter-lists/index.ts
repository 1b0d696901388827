export { default as ListFilters } from "./ListFilters.vue";

export { default as GlobalSearch } from "./GlobalSearch.vue";

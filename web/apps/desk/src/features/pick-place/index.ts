export { default as CoordinateField } from "./CoordinateField.vue";
export { default as PlaceField } from "./PlaceField.vue";
export { default as PlaceSearch } from "./PlaceSearch.vue";

export { default as FailedInspection } from "./FailedInspection.vue";
export { default as PictureRow } from "./PictureRow.vue";

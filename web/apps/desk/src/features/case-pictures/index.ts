export { default as PictureRow } from "./PictureRow.vue";

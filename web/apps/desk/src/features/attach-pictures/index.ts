export { default as PictureField } from "./PictureField.vue";
export { underway } from "./uploading";
export type { Attached } from "./uploading";

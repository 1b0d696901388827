export { default as PictureField } from "./PictureField.vue";
export type { Attached } from "./uploading";

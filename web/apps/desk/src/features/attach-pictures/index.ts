export { default as PictureField } from "./PictureField.vue";

export { default as PictureRow } from "./PictureRow.vue";
export { default as WhyAgain } from "./WhyAgain.vue";

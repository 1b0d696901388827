export { default as CaseMarks } from "./CaseMarks.vue";
export { default as PictureRemarks } from "./PictureRemarks.vue";
export { default as PictureTag } from "./PictureTag.vue";

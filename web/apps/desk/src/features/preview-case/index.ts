export { default as CasePreview } from "./CasePreview.vue";

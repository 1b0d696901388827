export { default as CaseMarks } from "./CaseMarks.vue";

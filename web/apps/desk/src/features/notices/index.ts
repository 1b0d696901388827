export { default as NoticeBell } from "./NoticeBell.vue";
export { default as NoticeLine } from "./NoticeLine.vue";

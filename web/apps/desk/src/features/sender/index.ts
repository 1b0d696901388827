export { default as SenderLine } from "./SenderLine.vue";

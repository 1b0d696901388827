export { default as CallForm } from "./CallForm.vue";
export { useTold } from "./told";
export { default as ToldReporters } from "./ToldReporters.vue";

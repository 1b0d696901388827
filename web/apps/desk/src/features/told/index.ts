export { default as ToldReporters } from "./ToldReporters.vue";

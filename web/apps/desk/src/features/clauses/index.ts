export { default as ClausesFor } from "./ClausesFor.vue";

export { default as DutyState } from "./DutyState.vue";

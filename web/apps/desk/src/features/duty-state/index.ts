export { default as DutyState } from "./DutyState.vue";
export { useDeskDuty } from "./duty";

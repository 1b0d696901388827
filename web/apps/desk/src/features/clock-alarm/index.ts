export { default as ClockAlarm } from "./ClockAlarm.vue";

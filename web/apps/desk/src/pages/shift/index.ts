export { default } from "./ui/ShiftPage.vue";

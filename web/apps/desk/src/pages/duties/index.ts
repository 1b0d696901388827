export { default } from "./ui/DutiesPage.vue";

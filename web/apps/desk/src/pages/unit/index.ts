export { default } from "./ui/UnitPage.vue";

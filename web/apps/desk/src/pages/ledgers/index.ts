export { default } from "./ui/LedgersPage.vue";

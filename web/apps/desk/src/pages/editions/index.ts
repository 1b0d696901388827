export { default } from "./ui/EditionsPage.vue";

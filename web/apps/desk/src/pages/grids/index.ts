export { default } from "./ui/GridsPage.vue";

export { default } from "./ui/WorkPage.vue";

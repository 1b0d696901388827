export { default } from "./ui/PatternsPage.vue";

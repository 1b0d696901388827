export { default } from "./ui/ImportRunPage.vue";

export { default } from "./ui/StandardPage.vue";

export { default } from "./ui/PolicyPage.vue";

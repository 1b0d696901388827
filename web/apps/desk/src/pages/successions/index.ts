export { default } from "./ui/SuccessionsPage.vue";

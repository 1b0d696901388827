export { default } from "./ui/AccountabilityPage.vue";

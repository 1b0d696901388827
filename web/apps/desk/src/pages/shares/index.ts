export { default } from "./ui/SharesPage.vue";

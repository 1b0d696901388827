export { default } from "./ui/UpkeepPage.vue";

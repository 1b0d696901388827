export { default } from "./ui/OverviewPage.vue";

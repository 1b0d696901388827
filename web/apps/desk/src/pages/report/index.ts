export { default } from "./ui/ReportPage.vue";

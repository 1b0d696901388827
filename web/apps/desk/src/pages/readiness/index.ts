export { default } from "./ui/ReadinessPage.vue";

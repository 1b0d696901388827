export { default } from "./ui/HandoverPage.vue";

export { default } from "./ui/CallsPage.vue";

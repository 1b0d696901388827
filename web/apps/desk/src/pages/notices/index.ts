export { default } from "./ui/NoticesPage.vue";

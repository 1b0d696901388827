export { default } from "./ui/SupervisionPage.vue";

export { default } from "./ui/MajorPage.vue";

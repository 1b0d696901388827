export { default } from "./ui/MapPage.vue";

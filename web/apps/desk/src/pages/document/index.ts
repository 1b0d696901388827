export { default } from "./ui/DocumentPage.vue";

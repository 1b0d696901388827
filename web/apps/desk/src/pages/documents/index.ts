export { default } from "./ui/DocumentsPage.vue";

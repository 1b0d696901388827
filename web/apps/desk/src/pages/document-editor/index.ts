export { default } from "./ui/DocumentEditor.vue";

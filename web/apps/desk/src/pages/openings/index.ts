export { default } from "./ui/OpeningsPage.vue";

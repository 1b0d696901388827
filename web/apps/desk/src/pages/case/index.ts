export { default } from "./ui/CasePage.vue";

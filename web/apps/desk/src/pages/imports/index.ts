export { default } from "./ui/ImportsPage.vue";

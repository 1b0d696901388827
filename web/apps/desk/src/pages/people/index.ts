export { default } from "./ui/PeoplePage.vue";

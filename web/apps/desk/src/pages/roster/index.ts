export { default } from "./ui/RosterPage.vue";

export { default } from "./ui/AccountPage.vue";

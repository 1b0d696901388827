export { default } from "./ui/SignInPage.vue";

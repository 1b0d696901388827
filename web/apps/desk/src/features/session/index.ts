export { home } from "./home";
export { default as SignInForm } from "./SignInForm.vue";

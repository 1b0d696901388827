export { home } from "./home";
export * from "./session";
export { default as SignInForm } from "./SignInForm.vue";

export * from "./session";
export { default as SignInForm } from "./SignInForm.vue";

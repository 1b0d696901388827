export { default } from "./ui/DispatchingPage.vue";

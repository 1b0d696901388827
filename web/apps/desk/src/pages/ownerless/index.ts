export { default } from "./ui/OwnerlessPage.vue";

export { default } from "./ui/ApprovalsPage.vue";

export { default } from "./ui/MessagesPage.vue";

export { default } from "./ui/HolidaysPage.vue";

export { default as SheetView } from "./SheetView.vue";

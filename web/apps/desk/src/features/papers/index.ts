export { default as PrintButtons } from "./PrintButtons.vue";
export { openOrders } from "./orders";

export { default as PrintButtons } from "./PrintButtons.vue";
export { openOrders } from "./orders";
export { default as ProofButton } from "./ProofButton.vue";

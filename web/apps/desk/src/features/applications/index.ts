export { default as ApplicationFacts } from "./ApplicationFacts.vue";
export { default as ApprovalSteps } from "./ApprovalSteps.vue";
export { useApplicationWords } from "./words";

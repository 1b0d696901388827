export { default as AmendmentList } from "./AmendmentList.vue";
export { default as OpinionThread } from "./OpinionThread.vue";
export { default as ProposalDecision } from "./ProposalDecision.vue";
export type { Told } from "./told";

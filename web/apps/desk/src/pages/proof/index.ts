export { default } from "./ui/ProofPage.vue";

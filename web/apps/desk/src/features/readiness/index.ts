export { default as NotReady } from "./NotReady.vue";

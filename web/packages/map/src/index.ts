export type { Start } from "./ground";
export { default as CaseMap } from "./CaseMap.vue";
export { default as DifferenceMap } from "./DifferenceMap.vue";
export { default as GridMap } from "./GridMap.vue";
export { default as PointMap } from "./PointMap.vue";

export { default as DeedActs } from "./DeedActs.vue";
export { default as DeedForm } from "./DeedForm.vue";
export { default as LevelTag } from "./LevelTag.vue";
export { default as MajorDetail } from "./MajorDetail.vue";
export { default as MajorSteps } from "./MajorSteps.vue";
export { default as OrderDetail } from "./OrderDetail.vue";
export { default as SupervisionPanel } from "./SupervisionPanel.vue";
export { DIFFICULTY_TONES, ENTRY_TONES, MAJOR_LEVEL_TONES, MAJOR_TONES, ORDER_TONES } from "./tones";

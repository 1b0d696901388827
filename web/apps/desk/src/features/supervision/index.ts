export { default as DeedActs } from "./deeds/DeedActs.vue";
export { default as DeedForm } from "./deeds/DeedForm.vue";
export { default as LevelTag } from "./orders/LevelTag.vue";
export { default as MajorDetail } from "./major/MajorDetail.vue";
export { default as MajorSteps } from "./major/MajorSteps.vue";
export { default as OrderDetail } from "./orders/OrderDetail.vue";
export { default as SupervisionPanel } from "./SupervisionPanel.vue";
export { DIFFICULTY_TONES, ENTRY_TONES, MAJOR_LEVEL_TONES, MAJOR_TONES, ORDER_TONES } from "./tones";

/** What the pages of rule documents share. */

export { default as ClauseText } from "./ClauseText.vue";
export { default as ExcerptText } from "./ExcerptText.vue";
export { default as StandingTag } from "./StandingTag.vue";
export { useDates } from "./dates";

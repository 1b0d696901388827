export { default as ReadersTag } from "./ReadersTag.vue";
export { default as TakenNote } from "./TakenNote.vue";

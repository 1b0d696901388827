export { default as LoadBar } from "./LoadBar.vue";

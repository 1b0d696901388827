export * from "./calls";
export * from "./codes";
export { newKey, onExpired, type Query } from "./client";
export type * from "./contract";
export { isProblem, Problem } from "./problem";

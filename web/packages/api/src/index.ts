export * from "./benches";
export * from "./calls";
export * from "./codes";
export { newKey, onExpired, type Query } from "./client";
export type * from "./contract";
export * from "./duties";
export * from "./ledgers";
export * from "./notices";
export { isProblem, Problem } from "./problem";

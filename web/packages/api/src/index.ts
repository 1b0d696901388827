export * from "./amendments";
export * from "./benches";
export * from "./calls";
export * from "./codes";
export { onExpired } from "./client";
export type * from "./contract";
export * from "./documents";
export * from "./duties";
<<<<<<< HEAD
export * from "./imports";
=======
export * from "./staff";
>>>>>>> 43951383 (An administrator keeps bodies, posts and people at the desk, so that no clerk waits for somebody at the server's shell)
export { oneIntention, type Intend } from "./intention";
export * from "./grids";
export * from "./ledgers";
export * from "./notices";
export { patiently } from "./patience";
export type { Body, Query } from "./requests";
export * from "./senders";
export * from "./shifts";
export * from "./supervision";
export * from "./upkeep";
export { isProblem, Problem } from "./problem";

export * from "./choices";
export * from "./forms";
export * from "./values";

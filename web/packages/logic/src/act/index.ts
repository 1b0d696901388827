export * from "./choices";
export { NO_FACTS, type Field, type FormFacts, type Values } from "./fields";
export * from "./forms";
export * from "./values";

export type * from "./attached";
export * from "./changes";
export * from "./clock";
export * from "./drafts";
export * from "./filters";
export * from "./moments";
export * from "./wall";

export * from "./bounds";
export * from "./coordinates";
export * from "./distance";
export * from "./labels";

export * from "./coordinates";
export * from "./distance";

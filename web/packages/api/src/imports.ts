/** Tables that come into the registers, checked first, and go out of them again. */

import { fileAt, get, reader, send, type Answer, type Body, type Query } from "./requests";

const RUN = "/imports/{run_id}";
const at = (id: string) => ({ path: { run_id: id } });

export type ImportRun = Answer<"get", typeof RUN>;
export type ImportKind = ImportRun["kind"];
export type ImportKinds = Answer<"get", "/imports/kinds">;
export type ImportColumn = ImportKinds["kinds"][number]["columns"][number];
export type ImportFinding = Answer<"get", `${typeof RUN}/findings`>["items"][number];
export type ImportChange = Answer<"get", `${typeof RUN}/changes`>["items"][number];

export const listImportKinds = (signal?: AbortSignal) => get("/imports/kinds", { signal });
export const listImports = reader("/imports");
export const getImport = (id: string, signal?: AbortSignal) => get(RUN, { ...at(id), signal });
export const checkImport = (id: string, body: Body<"post", `${typeof RUN}/check`>) =>
  send("post", `${RUN}/check`, { ...at(id), body });
export const applyImport = (id: string) => send("post", `${RUN}/apply`, at(id));
export const listImportFindings = (id: string, query: Query<`${typeof RUN}/findings`>, signal?: AbortSignal) =>
  get(`${RUN}/findings`, { ...at(id), query, signal });
export const listImportChanges = (id: string, query: Query<`${typeof RUN}/changes`>, signal?: AbortSignal) =>
  get(`${RUN}/changes`, { ...at(id), query, signal });
/** Of grids: what begins and ends, and where something was found. */
export const getImportMap = (id: string, signal?: AbortSignal) => get(`${RUN}/map`, { ...at(id), signal });
export const importFindingsSheet = (id: string) => fileAt(`${RUN}/findings.xlsx`, { run_id: id });
export const importTemplate = (kind: ImportKind) => fileAt("/imports/templates/{kind}.xlsx", { kind });
export const importExport = (kind: ImportKind) => fileAt("/imports/exports/{kind}.xlsx", { kind });

export function sendImport(kind: ImportKind, file: File, key: string) {
  const body = new FormData();
  body.append("kind", kind);
  body.append("file", file);
  return send("post", "/imports", { body, key });
}

/** Single unit grids and their splits and merges (网格变更): shapes and requests. */

import { get, reader, send, type Body } from "./requests";
import type { GridChangeOut, GridOut, NewGridOut } from "./schema";

type Signal = AbortSignal | undefined;

export type UnitGrid = GridOut;
export type NewGrid = NewGridOut;
export type GridChange = GridChangeOut;
export type GridChangeAsked = Body<"post", "/grids/changes">;

export const getGrid = (code: string, signal?: Signal) => get("/grids/{code}", { path: { code }, signal });
export const listGridChanges = reader("/grids/changes");
export const tryGridChange = (body: GridChangeAsked, signal?: Signal) => send("post", "/grids/changes/trial", { body, signal });
export const changeGrids = (body: GridChangeAsked, key: string) => send("post", "/grids/changes", { body, key });
export const withdrawGridChange = (id: string, reason: string) =>
  send("post", "/grids/changes/{change_id}/withdrawal", { path: { change_id: id }, body: { reason } });

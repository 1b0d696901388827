/** Bodies, posts and people as an administrator keeps them: what is there, what an act would change, and the acts. */

import { get, reader, send, type Body } from "./requests";
import type { HeldPostOut, KeptBodyOut, KeptPersonOut, KeptPostOut, StaffLineOut, PersonPostOut, StaffPreviewOut, StaffDeedOut } from "./schema";

export type KeptBody = KeptBodyOut;
export type KeptPost = KeptPostOut;
export type HeldPost = HeldPostOut;
export type KeptPerson = KeptPersonOut;
export type PersonPost = PersonPostOut;
export type StaffDeed = StaffDeedOut;
export type StaffLine = StaffLineOut;
export type StaffPreview = StaffPreviewOut;
export type StaffAct = Body<"post", "/people/acts">;

export const getKeptBody = (id: number, signal?: AbortSignal) =>
  get("/organisations/{organisation_id}/kept", { path: { organisation_id: id }, signal });
export const getKeptPerson = (id: number, signal?: AbortSignal) => get("/people/{user_id}/kept", { path: { user_id: id }, signal });
export const listStaffDeeds = reader("/people/acts");
export const findPosts = reader("/posts");
export const previewStaffAct = (body: StaffAct) => send("post", "/people/acts/preview", { body });
export const doStaffAct = (body: StaffAct, key: string) => send("post", "/people/acts", { body, key });

/** 数据更新: the board of registers, surveys and keepers. */

import { get, reader, send, type Body } from "./requests";
import type { RecordOut, RegisterOut } from "./schema";

export type UpkeepRegister = RegisterOut;
export type UpkeepRecord = RecordOut;
type Set = UpkeepRegister["dataset"];

export const listUpkeep = reader("/upkeep");
export const listUpkeepRecords = (dataset: Set, cursor: string, signal?: AbortSignal) =>
  get("/upkeep/{dataset}/records", { path: { dataset }, query: { cursor }, signal });
export const recordSurvey = (dataset: Set, body: Body<"post", "/upkeep/{dataset}/surveys">, key: string) =>
  send("post", "/upkeep/{dataset}/surveys", { path: { dataset }, body, key });
export const nameKeeper = (dataset: Set, userId: number, key: string) =>
  send("post", "/upkeep/{dataset}/keepers", { path: { dataset }, body: { user_id: userId }, key });

/** What I am told, and what goes out to phones: what the server is asked. */

import { get, reader, send } from "./requests";
import type { MessageOut, NoticeOut, ToldOut, ToldReporterOut, UnreadOut } from "./schema";

export type Notice = NoticeOut;
export type Unread = UnreadOut;
export type Message = MessageOut;
export type Told = ToldOut;
export type ToldReporter = ToldReporterOut;
export const MESSAGE_STATES = ["waiting", "sent", "failed"] as const;

export const listNotices = reader("/notices");
export const countUnread = (signal: AbortSignal) => get("/notices/unread", { signal });
/** These, or all up to a moment. */
export const markRead = (body: { ids: number[] } | { until: string }) => send("post", "/notices/read", { body });
export const listMessages = reader("/messages");
export const retryMessages = (ids: string[]) => send("post", "/messages/retry", { body: { ids } });
export const listTold = (caseId: string, signal: AbortSignal) => get("/cases/{case_id}/told", { path: { case_id: caseId }, signal });

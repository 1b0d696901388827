/** What I am told, and what goes out to phones: what the server is asked. */

import { call, type Query } from "./client";
import type {
  MessageOut, MessagePage, NoticeOut, NoticePage, RetriedOut, ToldOut, ToldReporterOut, ToldReportersOut, UnreadOut,
} from "./schema";

export type Notice = NoticeOut;
export type Unread = UnreadOut;
export type Message = MessageOut;
export type Told = ToldOut;
export type ToldReporter = ToldReporterOut;
export const MESSAGE_STATES = ["waiting", "sent", "failed"] as const;

type Signal = AbortSignal | undefined;

export const listNotices = (query: Query, signal: Signal) =>
  call<NoticePage>("GET", "/notices", { query, ...(signal && { signal }) });
export const countUnread = (signal: Signal) => call<Unread>("GET", "/notices/unread", { ...(signal && { signal }) });
/** These, or all up to a moment. */
export const markRead = (body: { ids: number[] } | { until: string }) => call<Unread>("POST", "/notices/read", { body });
export const listMessages = (query: Query, signal: Signal) =>
  call<MessagePage>("GET", "/messages", { query, ...(signal && { signal }) });
export const retryMessages = (ids: string[]) => call<RetriedOut>("POST", "/messages/retry", { body: { ids } });
export const listTold = (caseId: string, signal: Signal) =>
  call<ToldReportersOut>("GET", `/cases/${caseId}/told`, { ...(signal && { signal }) });

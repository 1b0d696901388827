/** What I am told, and what goes out to phones: what the server is asked. */

import { get, reader, send, type Body } from "./requests";
import type { MessageOut, NoticeOut, ToldOut, ToldReporterOut, UnreadOut } from "./schema";

export type Notice = NoticeOut;
export type Unread = UnreadOut;
export type Message = MessageOut;
export type Told = ToldOut;
export type ToldReporter = ToldReporterOut;
export const MESSAGE_STATES = ["waiting", "sent", "refused", "given_up", "to_call", "called"] as const;

export const listNotices = reader("/notices");
export const countUnread = (signal: AbortSignal) => get("/notices/unread", { signal });
/** These, or all up to a moment. */
export const markRead = (body: { ids: number[] } | { until: string }) => send("post", "/notices/read", { body });
export const listMessages = reader("/messages");
export const retryMessages = (ids: string[]) => send("post", "/messages/retry", { body: { ids } });
/** Outcomes that are told by telephone, and those whose text did not go out. */
export const listCalls = reader("/calls");
const of = (caseId: string, reportId: string) => ({ case_id: caseId, report_id: reportId });
export const correctContact = (
  caseId: string, reportId: string, body: Body<"post", "/cases/{case_id}/reports/{report_id}/contact">, key: string,
) => send("post", "/cases/{case_id}/reports/{report_id}/contact", { path: of(caseId, reportId), body, key });
export const tellByCall = (
  caseId: string, reportId: string, body: Body<"post", "/cases/{case_id}/reports/{report_id}/call">, key: string,
) => send("post", "/cases/{case_id}/reports/{report_id}/call", { path: of(caseId, reportId), body, key });
export const sendTextsAgain = (caseId: string, reportId: string) =>
  send("post", "/cases/{case_id}/reports/{report_id}/texts", { path: of(caseId, reportId) });
export const listTold = (caseId: string, signal: AbortSignal) => get("/cases/{case_id}/told", { path: { case_id: caseId }, signal });

/** Ledgers of applications, share control, the approval matrix: what the server is asked. */

import { addressOf, call, type Query } from "./client";
import type {
  ApplicationOut, ApprovalRowIn, ApprovalRowOut, ApprovalsOut, KindShareOut, LedgerPageOut, LedgerRowOut, OpinionOut, RegionsOut, SharesOut,
  ShareKindOut, StaffingOut, UnitShareOut,
} from "./schema";

export type Application = ApplicationOut;
export type Opinion = OpinionOut;
export type LedgerRow = LedgerRowOut;
export type LedgerPage = LedgerPageOut;
export type Shares = SharesOut;
export type ShareKind = ShareKindOut;
export type UnitShare = UnitShareOut;
export type KindShare = KindShareOut;
export type Approvals = ApprovalsOut;
export type ApprovalRow = ApprovalRowOut;
export type ApprovalRowDraft = ApprovalRowIn;

/** The kinds of application, in the order of the ledgers. */
export const APPLICATION_KINDS = ["send_back", "extension", "suspension", "void", "appeal"] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];
export const OUTCOMES = ["pending", "granted", "refused", "withdrawn", "lapsed", "expired"] as const;

export const listLedger = (kind: string, query: Query, signal?: AbortSignal) =>
  call<LedgerPage>("GET", `/ledgers/${kind}`, { query, ...(signal && { signal }) });
/** Where the browser fetches the sheet by itself. */
export const ledgerSheet = (kind: string, query: Query) => addressOf(`/ledgers/${kind}.xlsx`, query);
export const getShares = (month: string, signal?: AbortSignal) =>
  call<Shares>("GET", "/shares", { query: { month }, ...(signal && { signal }) });
export const getApprovals = (signal?: AbortSignal) => call<Approvals>("GET", "/approvals", { ...(signal && { signal }) });
export const changeApproval = (kind: string, body: { row: ApprovalRowDraft; valid_from: string; reason: string }, key: string) =>
  call<Approvals>("PUT", `/approvals/${kind}`, { body, key });
/** The crews and streets below a body, each with its people. */
export const listBodiesBelow = (id: number, signal?: AbortSignal) =>
  call<{ items: StaffingOut[] }>("GET", `/organisations/${id}/below`, { query: { limit: 200 }, ...(signal && { signal }) });
/** The regions of the next level inside one. */
export const listRegionsWithin = (within: string, signal?: AbortSignal) =>
  call<RegionsOut>("GET", "/regions", { query: { within, limit: 200 }, ...(signal && { signal }) });

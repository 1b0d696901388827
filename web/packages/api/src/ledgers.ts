/** Ledgers of applications, share control, the approval matrix: what the server is asked. */

import { addressOf } from "./client";
import { get, reader, type Query } from "./requests";
import type {
  ApplicationOut, ApprovalRowIn, ApprovalRowOut, ApprovalsOut, KindShareOut, LedgerPageOut, LedgerRowOut, OpinionOut,
  ShareKindOut, SharesOut, UnitShareOut,
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


export const listLedger = (kind: string, query: Query<"/ledgers/{kind}">, signal?: AbortSignal) =>
  get("/ledgers/{kind}", { path: { kind }, query, signal });
/** Where the browser fetches the sheet by itself. */
export const ledgerSheet = (kind: string, query: Query<"/ledgers/{kind}.xlsx">) => addressOf(`/ledgers/${kind}.xlsx`, query);
export const getShares = (month: string, signal?: AbortSignal) => get("/shares", { query: { month }, signal });
export const getApprovals = (signal?: AbortSignal) => get("/approvals", { signal });
/** The regions of the next level inside one. */
const regions = reader("/regions");
export const listRegionsWithin = (within: string, signal?: AbortSignal) => regions({ within, limit: 200 }, signal);

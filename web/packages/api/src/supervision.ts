/** Orders of supervision, the ledger of accountability, major cases, cases without owner: what the server is asked. */

import { call } from "./client";
import { fileOf, get, reader, send, type Answer, type PathOf, type Query } from "./requests";
import type {
  AccountabilityRowOut, BoardRowOut, CaseOut, EntryDetailOut, EntryOut, EventOut, KeyListOut, LevelFormOut, LevelRowOut,
  MajorDetailOut, MajorOut, MeetingDetailOut, MeetingOut, OddityOut, OrderDetailOut, OrderFormOut, OrderOut, PatternThresholdOut,
  ProposalPrefillOut, RulesOut, SettlementOut, WordOut,
} from "./schema";

export type SupervisionOrder = OrderOut;
export type SupervisionOrderDetail = OrderDetailOut;
export type SupervisionOrderForm = OrderFormOut;
export type SupervisionLevelForm = LevelFormOut;
export type SupervisedCase = CaseOut;
export type SupervisionEvent = EventOut;
export type AccountabilityEntry = EntryOut;
export type AccountabilityDetail = EntryDetailOut;
export type MajorCase = MajorOut;
export type MajorCaseDetail = MajorDetailOut;
export type OwnerlessCase = BoardRowOut;
export type Settlement = SettlementOut;
export type DutyPrefill = ProposalPrefillOut;
export type JointMeeting = MeetingOut;
export type JointMeetingDetail = MeetingDetailOut;
export type KeyList = KeyListOut;
export type LevelRule = LevelRowOut;
export type AccountabilityRule = AccountabilityRowOut;
export type SupervisionRules = RulesOut;
export type Oddity = OddityOut;
export type PatternThreshold = PatternThresholdOut;
export type Word = WordOut;

type Signal = AbortSignal | undefined;
/** What a form has gathered, field by field: the forms name the fields of the contract, the server says what is wrong. */
type Filled = Record<string, unknown>;

/** Sends what a form has gathered to one path of the contract. */
const sender = <P extends PathOf<"post">>(path: P) => (body: Filled, key: string) =>
  call<Answer<"post", P>>("POST", path, { body, key });
/** The paths of the contract one step below a row: what may be done to it. */
type Below<R extends string> = PathOf<"post"> extends infer P ? (P extends `${R}/${infer Act}` ? Act : never) : never;
/** One deed to one row of a register, by the server's word for it; answers the row as it stands after it. */
const deeds = <R extends PathOf<"get">>(row: R, acts: Record<string, Below<R>>) => (id: string, act: string, body: Filled, key: string) =>
  call<Answer<"get", R>>("POST", `${row.replace(/\{\w+\}/, id)}/${acts[act]}`, { body, key });

export const listOrders = reader("/supervision/orders");
export const ordersSheet = fileOf("/supervision/orders.xlsx");
export const getOrder = (id: string, signal?: Signal) => get("/supervision/orders/{order_id}", { path: { order_id: id }, signal });
export const getOrderForm = (caseId: string, signal?: Signal) => get("/supervision/orders/form", { query: { case_id: caseId }, signal });
export const giveOrder = sender("/supervision/orders");
export const actOnOrder = deeds("/supervision/orders/{order_id}", {
  reply: "reply", accept: "acceptance", return: "return", further: "further", escalate: "escalation", remind: "reminder", lift: "lifting",
});

export const listEntries = reader("/accountability");
export const entriesSheet = fileOf("/accountability.xlsx");
export const getEntry = (id: string, signal?: Signal) => get("/accountability/{entry_id}", { path: { entry_id: id }, signal });
export const proposeEntry = sender("/accountability");
export const actOnEntry = deeds("/accountability/{entry_id}", {
  confirm: "confirmation", dismiss: "dismissal", report: "result", return: "return", close: "closing",
});

export const listMajor = reader("/major");
export const majorSheet = fileOf("/major.xlsx");
export const getMajor = (id: string, signal?: Signal) => get("/major/{major_id}", { path: { major_id: id }, signal });
export const listAsMajor = sender("/major");
export const actOnMajor = deeds("/major/{major_id}", {
  progress: "progress", ask_change: "changes", decide_change: "changes/decision", report_above: "reports-above",
  propose_strike_off: "strike-off", sign_strike_off: "strike-off/signature",
});

export const listOwnerless = reader("/ownerless");
export const ownerlessSheet = fileOf("/ownerless.xlsx");
export const settleOwner = (caseId: string, body: Filled, key: string) =>
  call<SettlementOut>("POST", `/ownerless/${caseId}/settlement`, { body, key });
export const listSettlements = reader("/ownerless/settled");
export const settlementsSheet = fileOf("/ownerless/settled.xlsx");

export const listMeetings = reader("/ownerless/meetings");
export const getMeeting = (id: string, signal?: Signal) => get("/ownerless/meetings/{meeting_id}", { path: { meeting_id: id }, signal });
export const callMeeting = sender("/ownerless/meetings");
export const actOnMeeting = deeds("/ownerless/meetings/{meeting_id}", {
  agenda: "agenda", decisions: "decisions", "put-off": "put-off",
});

export const listKeyLists = reader("/supervision/key-lists");
export const setKeyList = sender("/supervision/key-lists");
export const endKeyList = (id: string, reason: string, key: string) =>
  send("post", "/supervision/key-lists/{list_id}/end", { path: { list_id: id }, body: { reason }, key });
export const getSupervisionRules = (signal?: Signal) => get("/supervision/rules", { signal });

export const listPatterns = reader("/supervision/patterns");
export const listCasesBehind = (pattern: Oddity["pattern"], query: Query<"/supervision/patterns/{pattern}/cases">, signal?: Signal) =>
  get("/supervision/patterns/{pattern}/cases", { path: { pattern }, query, signal });

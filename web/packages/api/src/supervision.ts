/** Orders of supervision, the ledger of accountability, major cases, cases without owner: what the server is asked. */

import { addressOf, call, type Query } from "./client";
import type {
  AccountabilityRowOut, BoardPageOut, BoardRowOut, CaseOut, EntryDetailOut, EntryOut, EntryPageOut, EventOut, KeyListOut,
  KeyListPageOut, LevelFormOut, LevelRowOut, MajorDetailOut, MajorOut, MajorPageOut, MeetingDetailOut, MeetingOut,
  MeetingPageOut, OrderDetailOut, OrderFormOut, OrderOut, OrderPageOut, ProposalPrefillOut, RulesOut, SettlementOut,
  SettlementPageOut, WordOut,
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
export type Word = WordOut;

type Signal = AbortSignal | undefined;
type Body = Record<string, unknown>;
const at = (signal: Signal, query?: Query) => ({ ...(query && { query }), ...(signal && { signal }) });
const read = <T>(path: string) => (query: Query, signal?: Signal) => call<T>("GET", path, at(signal, query));
const readOne = <T>(path: string) => (id: string, signal?: Signal) => call<T>("GET", `${path}/${id}`, at(signal));
const sheet = (path: string) => (query: Query) => addressOf(`${path}.xlsx`, query);
const send = <T>(path: string) => (body: Body, key: string) => call<T>("POST", path, { body, key });
/** One deed to one row of a register; answers the row as it stands after it. */
const deed = <T>(path: string, acts: Record<string, string>) => (id: string, act: string, body: Body, key: string) =>
  call<T>("POST", `${path}/${id}/${acts[act] ?? act}`, { body, key });

const ORDERS = "/supervision/orders";
const ORDER_ACTS = { accept: "acceptance", escalate: "escalation", remind: "reminder", lift: "lifting" };
const ENTRIES = "/accountability";
const ENTRY_ACTS = { confirm: "confirmation", dismiss: "dismissal", report: "result", close: "closing" };
const OWNERLESS = "/ownerless";
const MEETINGS = "/ownerless/meetings";
const MAJOR = "/major";
const MAJOR_ACTS = {
  ask_change: "changes", decide_change: "changes/decision", report_above: "reports-above", propose_strike_off: "strike-off",
  sign_strike_off: "strike-off/signature",
};

export const listOrders = read<OrderPageOut>(ORDERS);
export const ordersSheet = sheet(ORDERS);
export const getOrder = readOne<OrderDetailOut>(ORDERS);
export const getOrderForm = (caseId: string, signal?: Signal) => read<OrderFormOut>(`${ORDERS}/form`)({ case_id: caseId }, signal);
export const giveOrder = send<OrderDetailOut>(ORDERS);
export const actOnOrder = deed<OrderDetailOut>(ORDERS, ORDER_ACTS);

export const listEntries = read<EntryPageOut>(ENTRIES);
export const entriesSheet = sheet(ENTRIES);
export const getEntry = readOne<EntryDetailOut>(ENTRIES);
export const proposeEntry = send<EntryDetailOut>(ENTRIES);
export const actOnEntry = deed<EntryDetailOut>(ENTRIES, ENTRY_ACTS);

export const listMajor = read<MajorPageOut>(MAJOR);
export const majorSheet = sheet(MAJOR);
export const getMajor = readOne<MajorDetailOut>(MAJOR);
export const listAsMajor = send<MajorDetailOut>(MAJOR);
export const actOnMajor = deed<MajorDetailOut>(MAJOR, MAJOR_ACTS);

export const listOwnerless = read<BoardPageOut>(OWNERLESS);
export const ownerlessSheet = sheet(OWNERLESS);
export const settleOwner = (caseId: string, body: Body, key: string) =>
  call<SettlementOut>("POST", `${OWNERLESS}/${caseId}/settlement`, { body, key });
export const listSettlements = read<SettlementPageOut>(`${OWNERLESS}/settled`);
export const settlementsSheet = sheet(`${OWNERLESS}/settled`);

export const listMeetings = read<MeetingPageOut>(MEETINGS);
export const getMeeting = readOne<MeetingDetailOut>(MEETINGS);
export const callMeeting = send<MeetingDetailOut>(MEETINGS);
export const actOnMeeting = deed<MeetingDetailOut>(MEETINGS, {});

export const listKeyLists = read<KeyListPageOut>("/supervision/key-lists");
export const setKeyList = (body: Body, key: string) => call<KeyListOut>("POST", "/supervision/key-lists", { body, key });
export const endKeyList = (id: string, reason: string, key: string) =>
  call<KeyListOut>("POST", `/supervision/key-lists/${id}/end`, { body: { reason }, key });
export const getSupervisionRules = (signal?: Signal) => call<RulesOut>("GET", "/supervision/rules", at(signal));
export const changeSupervisionRules = (body: Body, key: string) => call<RulesOut>("PUT", "/supervision/rules", { body, key });

/** The dispatch desk, the workbench of units, the overview: their shapes and requests. */

import { call, type Query, type Sending } from "./client";
import type { CaseRow } from "./contract";
import type {
  BatchOut, DispatchCountOut, DispatchingOut, DispatchRecordOut, FigureOut, LoadOut, NeighbourOut, UnitOrderOut, OverviewOut,
  OwnerlessOut, WaitingOut, WorkbenchOut,
} from "./schema";

type With<T, Narrower> = Omit<T, keyof Narrower> & Narrower;
type Signal = AbortSignal | undefined;

export type Load = LoadOut;
export type Near = With<NeighbourOut, { light: CaseRow["light"] }>;
export type Waiting = With<WaitingOut, { row: CaseRow; near: Near[] }>;
export type Choice = WaitingOut["choices"][number];
export type Dispatching = With<DispatchingOut, { items: Waiting[] }>;
export type DispatchCount = With<DispatchCountOut, { accuracy: string | null; timeliness: string | null }>;
export type DispatchRecord = With<DispatchRecordOut, { mine: DispatchCount; last_month: DispatchCount; centre: DispatchCount }>;
export type Order = With<UnitOrderOut, { row: CaseRow }>;
export type Workbench = With<WorkbenchOut, { items: Order[] }>;
export type Figure = FigureOut;
export type Ownerless = With<OwnerlessOut, { row: CaseRow }>;
export type Overview = With<OverviewOut, { ownerless: Ownerless[] }>;
export type Batch = BatchOut;

const at = (signal: Signal, query?: Query): Sending => ({ ...(signal && { signal }), ...(query && { query }) });

export const listDispatching = (query: Query, signal?: Signal) =>
  call<Dispatching>("GET", "/dispatching", at(signal, query));
export const getDispatchRecord = (signal?: Signal) => call<DispatchRecord>("GET", "/dispatching/mine", at(signal));
export const getWorkbench = (signal?: Signal) => call<Workbench>("GET", "/workbench", at(signal));
export const getOverview = (signal?: Signal) => call<Overview>("GET", "/overview", at(signal));

/** One command for several cases; what is refused leaves the others alone. */
export const sendCommands = (cases: { id: string; seq: number }[], command: Record<string, unknown>, key: string) =>
  call<Batch>("POST", "/cases/commands", { body: { cases, command }, key });

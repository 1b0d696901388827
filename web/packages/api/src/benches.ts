/** The dispatch desk, the workbench of units, the overview: their shapes and requests. */

import type { CaseRow } from "./contract";
import { get, type Query } from "./requests";
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

export const listDispatching = (query: Query<"/dispatching">, signal?: Signal) =>
  get("/dispatching", { query, signal }) as Promise<Dispatching>;
export const getDispatchRecord = (signal?: Signal) => get("/dispatching/mine", { signal }) as Promise<DispatchRecord>;
export const getWorkbench = (signal?: Signal) => get("/workbench", { signal }) as Promise<Workbench>;
export const getOverview = (signal?: Signal) => get("/overview", { signal }) as Promise<Overview>;

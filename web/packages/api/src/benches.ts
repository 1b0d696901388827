/** The dispatch desk, the workbench of units, the overview: their shapes and requests. */

import { get, send, type Body, type Query } from "./requests";
import type {
  BatchOut, DispatchCountOut, DispatchingOut, DispatchRecordOut, FigureOut, LoadOut, NeighbourOut, UnitOrderOut, OverviewOut,
  OwnerlessOut, WaitingOut, WorkbenchOut,
} from "./schema";

type Signal = AbortSignal | undefined;

export type Load = LoadOut;
export type Near = NeighbourOut;
export type Waiting = WaitingOut;
export type Choice = WaitingOut["choices"][number];
export type Dispatching = DispatchingOut;
export type DispatchCount = DispatchCountOut;
export type DispatchRecord = DispatchRecordOut;
export type Order = UnitOrderOut;
export type Workbench = WorkbenchOut;
export type Figure = FigureOut;
export type Ownerless = OwnerlessOut;
export type Overview = OverviewOut;
export type Batch = BatchOut;

export const listDispatching = (query: Query<"/dispatching">, signal?: Signal) =>
  get("/dispatching", { query, signal });
export const getDispatchRecord = (signal?: Signal) => get("/dispatching/mine", { signal });
export const getWorkbench = (signal?: Signal) => get("/workbench", { signal });
export const getOverview = (signal?: Signal) => get("/overview", { signal });
/** Which case one has before one; answers with who else of the seat reads which. */
export const tellReading = (body: Body<"put", "/reading">) => send("put", "/reading", { body });

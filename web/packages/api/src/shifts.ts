/** Desks on shifts and what is handed over, and the roster of the collectors: what the server is asked and sent. */

import type { HandingOver } from "./contract";
import { fileAt, fileOf, get, reader, send, type Body } from "./requests";
import type { RosterOut } from "./schema";

export type RosterShift = RosterOut;
type Signal = AbortSignal | undefined;
const HANDOVER = "/shift/handovers/{handover_id}";
const at = (id: string) => ({ path: { handover_id: id } });

export const getDeskDuty = (signal?: Signal) => get("/shift/duty", { signal });
export const getShift = (signal?: Signal) => get("/shift", { signal });
export const signHandover = (body: HandingOver, key: string) => send("post", "/shift/handovers", { body, key });
export const listHandovers = reader("/shift/handovers");
export const getHandover = (id: string, signal?: Signal) => get(HANDOVER, { ...at(id), signal });
export const sayToHandover = (id: string, what: "questions" | "answers" | "acceptance", text: string, key: string) =>
  send("post", `${HANDOVER}/${what}`, { ...at(id), body: { text }, key });
export const handoverPaper = (id: string) => fileAt(`${HANDOVER}/sheet.pdf`, { handover_id: id });

export const listRoster = reader("/roster");
export const rosterSheet = fileOf("/roster.xlsx");
export const enterShift = (body: Body<"post", "/roster">, key: string) => send("post", "/roster", { body, key });
export const strikeShift = (id: number, reason: string, key: string) =>
  send("post", "/roster/{shift_id}/strike", { path: { shift_id: id }, body: { reason }, key });
/** Every line of an Excel or CSV file, or none. */
export function importRoster(file: File) {
  const body = new FormData();
  body.append("file", file);
  return send("post", "/roster/import", { body });
}

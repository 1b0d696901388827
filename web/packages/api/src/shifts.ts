/** Desks on shifts and what is handed over: what the server is asked and sent. */

import type { HandingOver } from "./contract";
import { fileAt, get, reader, send } from "./requests";

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

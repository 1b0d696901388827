/** Who reported: a look for a reason, the list of such looks, and words that give a sender away. */

import { fileOf, reader, send, type Body } from "./requests";
import type { OpeningOut, TypedOut } from "./schema";

export type Opening = OpeningOut;
export type Typed = TypedOut;

export const openSender = (
  caseId: string, reportId: string, body: Body<"post", "/cases/{case_id}/reports/{report_id}/opening">, key: string,
) => send("post", "/cases/{case_id}/reports/{report_id}/opening", { path: { case_id: caseId, report_id: reportId }, body, key });
export const listOpenings = reader("/sender-openings");
export const openingsSheet = fileOf("/sender-openings.xlsx");
/** Nothing of it is kept. */
export const lookAtWords = (body: Body<"post", "/cases/words">, signal?: AbortSignal) =>
  send("post", "/cases/words", { body, signal });

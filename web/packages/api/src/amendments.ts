/** Changes of rules, proposed by one and decided by another; the local policy: shapes and requests. */

import { get, reader, send, type Body } from "./requests";
import type { AmendmentOut, LocalPolicyOut, SuccessionPreviewOut } from "./schema";

type Signal = AbortSignal | undefined;

export type Amendment = AmendmentOut;
export type LocalPolicy = LocalPolicyOut;
export type PolicySettings = LocalPolicyOut["settings"];

export type SuccessionPreview = SuccessionPreviewOut;

/** 机构承接: what would go over to a successor by now. */
export const previewSuccession = reader("/successions/preview");
export const listAmendments = reader("/rules/amendments");
export const proposeAmendment = (body: Body<"post", "/rules/amendments">, key: string) => send("post", "/rules/amendments", { body, key });
export const decideAmendment = (id: string, body: Body<"post", "/rules/amendments/{amendment_id}/decision">, key: string) =>
  send("post", "/rules/amendments/{amendment_id}/decision", { path: { amendment_id: id }, body, key });
export const withdrawAmendment = (id: string, text: string, key: string) =>
  send("post", "/rules/amendments/{amendment_id}/withdrawal", { path: { amendment_id: id }, body: { text }, key });
export const getLocalPolicy = (signal?: Signal) => get("/rules/local-policy", { signal });

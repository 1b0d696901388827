/** Documents and their clauses: what the server is asked and sent. */

import type { DocumentDraft } from "./contract";
import { get, reader, send, type Body, type Query } from "./requests";

type Signal = AbortSignal | undefined;
const VERSION = "/documents/versions/{version_id}";
const at = (version: string) => ({ path: { version_id: version } });

export const listDocuments = reader("/documents");
export const searchClauses = reader("/documents/search");
export const listApplicableClauses = reader("/documents/clauses");
export const getDocument = (id: string, version: string | null, signal?: Signal) =>
  get("/documents/{document_id}", { path: { document_id: id }, query: { version }, signal });
export const getDocumentForm = (signal?: Signal) => get("/documents/form", { signal });
export const previewText = (text: string, signal?: Signal) => send("post", "/documents/preview", { body: { text }, signal });
export const createDocument = (body: DocumentDraft, key: string) =>
  send("post", "/documents", { body: body as Body<"post", "/documents">, key });
/** Title, kind and area belong to the document and are settled with its first version. */
function contentOf<T extends DocumentDraft>(draft: T): Omit<T, "title" | "kind" | "area"> {
  const { title: _title, kind: _kind, area: _area, ...content } = draft;
  return content;
}

export const addDocumentVersion = (id: string, body: DocumentDraft, key: string) =>
  send("post", "/documents/{document_id}/versions", { path: { document_id: id }, body: contentOf(body), key });
export const editDocumentDraft = (version: string, body: DocumentDraft & { edit: number }, key: string) =>
  send("put", VERSION, { ...at(version), body: contentOf(body), key });
export const discardDocumentDraft = (version: string) => send("delete", VERSION, at(version));
export const submitDocument = (version: string, edit: number, key: string) =>
  send("post", `${VERSION}/submission`, { ...at(version), body: { edit }, key });
export const withdrawDocument = (version: string) => send("delete", `${VERSION}/submission`, at(version));
export const decideDocument = (version: string, body: { edit: number; granted: boolean; text: string }, key: string) =>
  send("post", `${VERSION}/decision`, { ...at(version), body, key });
export const endDocument = (version: string, body: { last_day: string; text: string }, key: string) =>
  send("post", `${VERSION}/end`, { ...at(version), body, key });
export const confirmDocument = (version: string) => send("post", `${VERSION}/receipts`, at(version));
export const listReceipts = (version: string, query: Query<`${typeof VERSION}/receipts`>, signal?: Signal) =>
  get(`${VERSION}/receipts`, { ...at(version), query, signal });
export const compareDocument = (version: string, signal?: Signal) => get(`${VERSION}/compare`, { ...at(version), signal });

export function attachDocumentFile(version: string, file: File, key: string) {
  const body = new FormData();
  body.append("file", file);
  return send("post", `${VERSION}/file`, { ...at(version), body, key });
}

/** Every request that the faces make, one function each. */

import type { FeatureCollection } from "geojson";

import { addressOf, call, callFile, type Query, type Sending } from "./client";
import type {
  CaseDetail, CasePage, CatalogClass, CatalogRow, Changes, City, DemoAccount, Installation, Media, Organisation, Person, Place,
  QueueCount, Session, Suggestion, Taken, WhyNot,
} from "./contract";

import type {
  ApplicableClause, DocumentDraft, DocumentForm, FoundClausePage, ReadingReceiptPage, RuleDocument, RuleDocumentPage,
  TextPreview, VersionComparison,
} from "./contract";

import type {
  DeskDuty, HandingOver, Handover, HandoverDetail, Shift,
} from "./contract";

type Signal = AbortSignal | undefined;
const at = (signal: Signal, query?: Query): Sending => ({ ...(signal && { signal }), ...(query && { query }) });

export const getInstallation = () => call<Installation>("GET", "/installation", { anonymous: true });
export const listDemoAccounts = () =>
  call<{ items: DemoAccount[] }>("GET", "/demo/accounts", { anonymous: true });
export const getCity = () => call<City>("GET", "/city", { anonymous: true });
export const getSession = () => call<Session>("GET", "/session", { anonymous: true });
export const signIn = (username: string, password: string) =>
  call<Session>("POST", "/session", { body: { username, password }, anonymous: true });
export const signOut = () => call<void>("DELETE", "/session", { anonymous: true });
export const changePost = (postId: number) => call<Session>("PUT", "/session/post", { body: { post_id: postId } });
export const changeLanguage = (language: string) => call<Session>("PUT", "/session/language", { body: { language } });

export const listQueues = (signal?: Signal) => call<{ items: QueueCount[] }>("GET", "/queues", at(signal));
export const listCases = (query: Query, signal?: Signal) => call<CasePage>("GET", "/cases", at(signal, query));
export const listChanges = (cursor: string, signal?: Signal) =>
  call<Changes>("GET", "/cases/changes", at(signal, { cursor }));
export const getCase = (id: string, signal?: Signal) => call<CaseDetail>("GET", `/cases/${id}`, at(signal));
export const askWhyNot = (id: string, command: string) =>
  call<WhyNot>("GET", `/cases/${id}/why-not`, { query: { command } });
export const reportCase = (body: Record<string, unknown>, key: string) =>
  call<Taken>("POST", "/cases", { body, key });
export const sendCommand = (id: string, body: Record<string, unknown>, key: string) =>
  call<CaseDetail>("POST", `/cases/${id}/commands`, { body, key });
export const suggest = (query: Query, signal?: Signal) => call<Suggestion>("GET", "/cases/suggest", at(signal, query));
export const mapCases = (query: Query, signal?: Signal) =>
  call<FeatureCollection>("GET", "/cases/map", at(signal, query));
export const mapLayer = (layer: "borders" | "streets" | "grids", query: Query, signal?: Signal) =>
  call<FeatureCollection>("GET", `/map/layers/${layer}`, at(signal, query));

export const findPlaces = (q: string, signal?: Signal) => call<{ items: Place[] }>("GET", "/places", at(signal, { q }));
export const findClasses = (query: Query, signal?: Signal) =>
  call<{ items: CatalogClass[] }>("GET", "/catalog/classes", at(signal, query));
export const getClass = (key: string, signal?: Signal) =>
  call<CatalogClass & { rows: CatalogRow[] }>("GET", `/catalog/classes/${key}`, at(signal));
export const findOrganisations = (query: Query, signal?: Signal) =>
  call<{ items: Organisation[] }>("GET", "/organisations", at(signal, query));
export const findPeople = (query: Query, signal?: Signal) =>
  call<{ items: Person[] }>("GET", "/people", at(signal, query));

export const listDocuments = (query: Query, signal?: Signal) =>
  call<RuleDocumentPage>("GET", "/documents", at(signal, query));
export const searchClauses = (query: Query, signal?: Signal) =>
  call<FoundClausePage>("GET", "/documents/search", at(signal, query));
export const listApplicableClauses = (query: Query, signal?: Signal) =>
  call<{ items: ApplicableClause[] }>("GET", "/documents/clauses", at(signal, query));
export const getDocument = (id: string, version: string | null, signal?: Signal) =>
  call<RuleDocument>("GET", `/documents/${id}`, at(signal, { version }));
export const getDocumentForm = (signal?: Signal) => call<DocumentForm>("GET", "/documents/form", at(signal));
export const previewText = (text: string, signal?: Signal) =>
  call<TextPreview>("POST", "/documents/preview", { body: { text }, ...(signal && { signal }) });
export const createDocument = (body: DocumentDraft, key: string) =>
  call<RuleDocument>("POST", "/documents", { body, key });
export const addDocumentVersion = (id: string, body: DocumentDraft, key: string) =>
  call<RuleDocument>("POST", `/documents/${id}/versions`, { body, key });
export const editDocumentDraft = (version: string, body: DocumentDraft & { edit: number }, key: string) =>
  call<RuleDocument>("PUT", `/documents/versions/${version}`, { body, key });
export const discardDocumentDraft = (version: string) => call<void>("DELETE", `/documents/versions/${version}`);
export const submitDocument = (version: string, edit: number, key: string) =>
  call<RuleDocument>("POST", `/documents/versions/${version}/submission`, { body: { edit }, key });
export const withdrawDocument = (version: string) =>
  call<RuleDocument>("DELETE", `/documents/versions/${version}/submission`);
export const decideDocument = (version: string, body: { edit: number; granted: boolean; text: string }, key: string) =>
  call<RuleDocument>("POST", `/documents/versions/${version}/decision`, { body, key });
export const endDocument = (version: string, body: { last_day: string; text: string }, key: string) =>
  call<RuleDocument>("POST", `/documents/versions/${version}/end`, { body, key });
export const confirmDocument = (version: string) =>
  call<RuleDocument>("POST", `/documents/versions/${version}/receipts`);
export const listReceipts = (version: string, query: Query, signal?: Signal) =>
  call<ReadingReceiptPage>("GET", `/documents/versions/${version}/receipts`, at(signal, query));
export const compareDocument = (version: string, signal?: Signal) =>
  call<VersionComparison>("GET", `/documents/versions/${version}/compare`, at(signal));

export function attachDocumentFile(version: string, file: File, key: string): Promise<RuleDocument> {
  const body = new FormData();
  body.append("file", file);
  return call<RuleDocument>("POST", `/documents/versions/${version}/file`, { body, key });
}

export function sendPicture(file: File, key: string, signal?: Signal): Promise<Media> {
  const body = new FormData();
  body.append("file", file);
  return call<Media>("POST", "/media", { body, key, ...(signal && { signal }) });
}

export const orderPaper = (id: string) => addressOf(`/cases/${id}/order.pdf`);
export const caseFilePaper = (id: string) => addressOf(`/cases/${id}/case-file.pdf`);
export const printOrders = (ids: string[]) => callFile("POST", "/cases/orders.pdf", { body: { ids } });

export const getDeskDuty = (signal?: Signal) => call<DeskDuty>("GET", "/shift/duty", at(signal));
export const getShift = (signal?: Signal) => call<Shift>("GET", "/shift", at(signal));
export const signHandover = (body: HandingOver, key: string) =>
  call<HandoverDetail>("POST", "/shift/handovers", { body, key });
export const listHandovers = (query: Query, signal?: Signal) =>
  call<{ items: Handover[]; next_cursor: string | null }>("GET", "/shift/handovers", at(signal, query));
export const getHandover = (id: string, signal?: Signal) =>
  call<HandoverDetail>("GET", `/shift/handovers/${id}`, at(signal));
export const sayToHandover = (id: string, what: "questions" | "answers" | "acceptance", text: string, key: string) =>
  call<HandoverDetail>("POST", `/shift/handovers/${id}/${what}`, { body: { text }, key });
export const handoverPaper = (id: string) => addressOf(`/shift/handovers/${id}/sheet.pdf`);

/** Every request that the faces make, one function each. */

import type { FeatureCollection } from "geojson";

import { call, type Query, type Sending } from "./client";
import type {
  CaseDetail, CasePage, CatalogClass, CatalogRow, Changes, City, DemoAccount, Installation, Media, Organisation, Person, Place,
  QueueCount, Session, Suggestion, Taken, WhyNot,
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

export function sendPicture(file: File, key: string, signal?: Signal): Promise<Media> {
  const body = new FormData();
  body.append("file", file);
  return call<Media>("POST", "/media", { body, key, ...(signal && { signal }) });
}

/** Every request that the faces make, one function each: who one is, cases, places. */

import type { FeatureCollection } from "geojson";

import { callFile } from "./client";
import type { AnyCommand } from "./contract";
import { patiently } from "./patience";
import { fileAt, get, reader, send, type Body, type Query } from "./requests";
import type { DeadlinePreviewOut, HolidayReadingOut, ReadinessOut, YearOut } from "./schema";

type Signal = AbortSignal | undefined;

export const getInstallation = () => get("/installation", { anonymous: true });
export const listDemoAccounts = () => get("/demo/accounts", { anonymous: true });
/** Whether the server's clock is believed, and the release of an administrator after a jump. */
export const getServerClock = (signal?: Signal) => get("/clock", { signal });
export const releaseClock = (reason: string) => send("post", "/clock/release", { body: { reason } });
/** What is signed up to when, and who elsewhere has it. */
export const getProof = (signal?: Signal) => get("/proof", { signal });
/** What is missing before the city can take its first case; all that is missing, with its doors. */
export const getFirstCase = () => get("/readiness/first-case", { anonymous: true });
export const listReadiness = (signal?: Signal) => get("/readiness", { signal });
export type ReadinessItem = ReadinessOut;
export const getCity = () => get("/city", { anonymous: true });
export const getSession = () => get("/session", { anonymous: true });
export const signIn = (username: string, password: string) =>
  patiently(() => send("post", "/session", { body: { username, password }, anonymous: true }), { tries: 5, longestS: 5 });
export const signOut = () => send("delete", "/session", { anonymous: true });
export const changePost = (postId: number) => send("put", "/session/post", { body: { post_id: postId } });
export const changeLanguage = (language: "zh" | "en") => send("put", "/session/language", { body: { language } });
export const getAccount = (signal?: Signal) => get("/session/account", { signal });
export const changePassword = (body: Body<"put", "/session/password">) => send("put", "/session/password", { body });
export const endSession = (id: number) => send("delete", "/session/account/sessions/{session_id}", { path: { session_id: id } });
export const endOtherSessions = () => send("delete", "/session/account/sessions", {});
export const revokeToken = (id: number) => send("delete", "/session/account/tokens/{token_id}", { path: { token_id: id } });

export const listQueues = (signal?: Signal) => get("/queues", { signal });
export const listCases = (query: Query<"/cases">, signal?: Signal) => get("/cases", { query, signal });
export const listChanges = (query: Query<"/cases/changes">, signal?: Signal) =>
  get("/cases/changes", { query, signal });
export const getCase = (id: string, signal?: Signal) =>
  get("/cases/{case_id}", { path: { case_id: id }, signal });
export const askWhyNot = (id: string, command: string) =>
  get("/cases/{case_id}/why-not", { path: { case_id: id }, query: { command } });
export const reportCase = (body: Body<"post", "/cases">, key: string) => send("post", "/cases", { body, key });
/** A further sender of the same problem. */
export const joinCase = (id: string, body: Body<"post", "/cases/{case_id}/reports">, key: string) =>
  send("post", "/cases/{case_id}/reports", { path: { case_id: id }, body, key });
export const sendCommand = (id: string, body: AnyCommand, key: string) =>
  send("post", "/cases/{case_id}/commands", { path: { case_id: id }, body, key });
/** One command for several cases; what is refused leaves the others alone. */
export const sendCommands = (cases: { id: string; seq: number }[], command: AnyCommand, key: string) =>
  send("post", "/cases/commands", { body: { cases, command }, key });
export const listCommonActions = (ids: string[], signal?: Signal) => get("/cases/actions", { query: { id: ids }, signal });
/** What each of these cases may be merged into: nearby, or found by words. */
export const listMergeTargets = (id: string[], q: string, signal?: Signal) => get("/cases/merge-targets", { query: { id, q }, signal });
export const suggest = (query: Query<"/cases/suggest">, signal?: Signal) =>
  get("/cases/suggest", { query, signal });
export const mapCases = (query: Query<"/cases/map">, signal?: Signal) =>
  get("/cases/map", { query, signal }) as unknown as Promise<FeatureCollection>;
export const mapLayer = (layer: "borders" | "streets" | "grids", query: Query<"/map/layers/borders">, signal?: Signal) =>
  get(`/map/layers/${layer}`, { query, signal }) as unknown as Promise<FeatureCollection>;

/** Where a point lies, and the point in CGCS2000 whatever system it was read in. */
export const locatePoint = reader("/places/locate");
export const findPlaces = (q: string, signal?: Signal) => get("/places", { query: { q }, signal });
export const findClasses = (query: Query<"/catalog/classes">, signal?: Signal) => get("/catalog/classes", { query, signal });
export const getClass = (key: string, signal?: Signal) => get("/catalog/classes/{key}", { path: { key }, signal });
export type HolidayYear = YearOut;
export type HolidayDay = YearOut["days"][number];
export type DeadlinePreview = DeadlinePreviewOut;
export type HolidayReading = HolidayReadingOut;
/** 节假日安排: the years that can be entered or corrected. */
export const listHolidayYears = (signal?: Signal) => get("/calendars/years", { signal });
export const enterHolidayYear = (year: number, body: Body<"put", "/calendars/years/{year}">) =>
  send("put", "/calendars/years/{year}", { path: { year }, body });
/** Which deadlines the days of a year would move; nothing is entered. */
export const previewHolidayYear = (year: number, body: Body<"post", "/calendars/years/{year}/preview">) =>
  send("post", "/calendars/years/{year}/preview", { path: { year }, body });
/** What a notice or a table says of the year; nothing is entered. */
export const readHolidayNotice = (year: number, text: string) =>
  send("post", "/calendars/years/{year}/notice", { path: { year }, body: { text } });
export function readHolidayTable(year: number, file: File) {
  const body = new FormData();
  body.append("file", file);
  return send("post", "/calendars/years/{year}/table", { path: { year }, body });
}
export const findOrganisations = reader("/organisations");
export const findPeople = reader("/people");

export function sendPicture(file: File, key: string, signal?: Signal) {
  const body = new FormData();
  body.append("file", file);
  return send("post", "/media", { body, key, signal });
}

export const orderPaper = (id: string) => fileAt("/cases/{case_id}/order.pdf", { case_id: id });
export const caseFilePaper = (id: string) => fileAt("/cases/{case_id}/case-file.pdf", { case_id: id });
/** 存证凭证: a file that verifies without the platform. */
export const getCaseProof = (id: string) => callFile("GET", `/cases/${id}/record.tlog-proof`);
export const printOrders = (ids: string[]) => callFile("POST", "/cases/orders.pdf", { body: { ids } });

/** Requests to the server: CSRF, idempotency, problems, and a sign-in in the middle of work. */

import { Problem, problemOf } from "./problem";

type Plain = string | number | boolean | null | undefined;
export type Query = Record<string, Plain | Plain[]>;

export interface Sending {
  query?: Query;
  body?: unknown;
  /** One key per intention: made when the form opens, kept for every retry. */
  key?: string;
  signal?: AbortSignal | undefined;
  /** Sign-in itself must not wait for a sign-in. */
  anonymous?: boolean;
}

const ROOT = "/api/v1";

let renew: () => Promise<void> = () => Promise.reject(new Error("nobody can sign in"));
let renewing: Promise<void> | null = null;

/** What is asked when a session has run out: resolves once the same person is signed in again. */
export function onExpired(ask: () => Promise<void>): void {
  renew = ask;
}

export function newKey(): string {
  return crypto.randomUUID();
}

function cookie(name: string): string {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/** What is empty is not asked for; several values of one name follow each other. */
export function addressOf(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const));
  const given = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return ROOT + path + (text ? `?${text}` : "");
}

export async function call<T>(method: string, path: string, sending: Sending = {}): Promise<T> {
  const response = await answered(method, path, sending);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A file that comes as the answer. */
export async function callFile(method: string, path: string, sending: Sending = {}): Promise<Blob> {
  return (await answered(method, path, sending)).blob();
}

async function answered(method: string, path: string, sending: Sending): Promise<Response> {
  const response = await attempt(method, path, sending);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (response.status === 401 && !sending.anonymous) {
    renewing ??= renew().finally(() => (renewing = null));
    await renewing;
    return answered(method, path, sending);
  }
  throw problem;
}

async function attempt(method: string, path: string, sending: Sending): Promise<Response> {
  const headers = new Headers({ Accept: "application/json" });
  const file = sending.body instanceof FormData;
  if (method !== "GET") {
    headers.set("X-CSRFToken", cookie("gezhi_csrf"));
    headers.set("Idempotency-Key", sending.key ?? newKey());
  }
  if (sending.body !== undefined && !file) headers.set("Content-Type", "application/json");
  const body = sending.body === undefined ? null : file ? (sending.body as FormData) : JSON.stringify(sending.body);
  try {
    return await fetch(addressOf(path, sending.query), {
      method, headers, body, signal: sending.signal ?? null, credentials: "same-origin",
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem({ code: "network.unreachable", status: 0, title: "network.unreachable" });
  }
}

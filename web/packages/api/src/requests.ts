/** The paths of the contract as two functions: what is asked, sent and answered is typed by `openapi.json`. */

import { addressOf, call } from "./client";
import type { paths } from "./schema";

type Paths = { [P in keyof paths as P extends `/api/v1${infer Rest}` ? Rest : never]: paths[P] };
type Method = "get" | "post" | "put" | "delete";
export type PathOf<M extends Method> = {
  [P in keyof Paths]: Paths[P] extends Record<M, { responses: unknown }> ? P : never
}[keyof Paths];
type Operation<M extends Method, P extends PathOf<M>> = Paths[P] extends Record<M, infer O> ? O : never;

/** Whatever else comes is a refusal, and is thrown. */
type Done = 200 | 201 | 204;
type Json<T> = T extends { content: { "application/json": infer A } } ? A : undefined;
export type Answer<M extends Method, P extends PathOf<M>> =
  Operation<M, P> extends { responses: infer R } ? Json<R[keyof R & Done]> : never;

type Content<O> = O extends { requestBody: { content: infer C } } ? C : undefined;
/** What is sent: the shape of the contract, or a form with a file. */
export type Body<M extends Method, P extends PathOf<M>> = Content<Operation<M, P>> extends infer C
  ? C extends { "application/json": infer B } ? B : C extends object ? FormData : undefined
  : never;

type Named<Q> = [NonNullable<Q>] extends [never] ? Record<string, never> : Partial<Record<keyof NonNullable<Q>, Plain>>;
type Plain = string | number | boolean | null | undefined | (string | number)[];
/** Names of the contract, values as they stand in an address. */
export type Query<P extends PathOf<"get">> = Operation<"get", P> extends { parameters: { query?: infer Q } } ? Named<Q> : never;

type Places<O> = O extends { parameters: { path: infer X } } ? { path: { [K in keyof X]: string | number } } : { path?: undefined };
interface Way {
  signal?: AbortSignal | undefined;
  /** Sign-in itself must not wait for a sign-in. */
  anonymous?: boolean;
}
type Asked<P extends PathOf<"get">> = Places<Operation<"get", P>> & Way & { query?: Query<P> };
type Sent<M extends Method, P extends PathOf<M>> = Places<Operation<M, P>> & Way & {
  /** One key per intention: made when the form opens, kept for every retry. */
  key?: string;
} & (Body<M, P> extends undefined ? { body?: undefined } : { body: Body<M, P> });

export const get = <P extends PathOf<"get">>(path: P, asked: Asked<P>) =>
  call<Answer<"get", P>>("GET", filled(path, asked.path), asked);

export const send = <M extends Exclude<Method, "get">, P extends PathOf<M>>(method: M, path: P, sent: Sent<M, P>) =>
  call<Answer<M, P>>(method.toUpperCase(), filled(path, sent.path), sent);

/** A list: asked by what narrows it. */
export const reader = <P extends PathOf<"get">>(path: P) => (query: Query<P>, signal?: AbortSignal) =>
  call<Answer<"get", P>>("GET", path, { query, signal });

/** Where the browser fetches a file by itself. */
export const fileOf = <P extends PathOf<"get">>(path: P) => (query: Query<P>) => addressOf(path, query);
export const fileAt = <P extends PathOf<"get">>(path: P, places: Places<Operation<"get", P>>["path"]) => addressOf(filled(path, places));

function filled(path: string, places: Record<string, string | number> | undefined): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(places?.[name])));
}

/** 部件与事件目录: the editions side by side and how their classes continue. */

import { get, reader, type Query } from "./requests";
import type { AmendedRowOut, ClassWithRows, EditionOut, MappedClass, RowOut } from "./schema";

export type CatalogEdition = EditionOut;
export type AmendedRow = AmendedRowOut;
export type ClassRow = RowOut;
export type { ClassWithRows, MappedClass };

export const listEditions = reader("/catalog/editions");
export const listMapping = (edition: string, query: Query<"/catalog/editions/{edition}/mapping">, signal?: AbortSignal) =>
  get("/catalog/editions/{edition}/mapping", { path: { edition }, query, signal });
export const listClosingConditions = reader("/catalog/closing-conditions");
export const readClass = (key: string, query: Query<"/catalog/classes/{key}">, signal?: AbortSignal) =>
  get("/catalog/classes/{key}", { path: { key }, query, signal });

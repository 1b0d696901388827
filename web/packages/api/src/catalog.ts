/** 部件与事件目录: the editions side by side and how their classes continue. */

import { get, reader, type Query } from "./requests";
import type { EditionOut, MappedClass } from "./schema";

export type CatalogEdition = EditionOut;
export type { MappedClass };

export const listEditions = reader("/catalog/editions");
export const listMapping = (edition: string, query: Query<"/catalog/editions/{edition}/mapping">, signal?: AbortSignal) =>
  get("/catalog/editions/{edition}/mapping", { path: { edition }, query, signal });

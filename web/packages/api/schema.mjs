/** Builds `src/schema.d.ts` from `openapi.json`, where that is newer: the shapes follow the contract and lie in no commit. */

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";

import openapiTS, { astToString } from "openapi-typescript";

const [from, to] = ["../../../openapi.json", "src/schema.d.ts"].map((path) => new URL(path, import.meta.url));
const SELF = new URL(import.meta.url);
const changed = (file) => statSync(file).mtimeMs;

if (!existsSync(to) || changed(to) < Math.max(changed(from), changed(SELF))) {
  const nodes = await openapiTS(JSON.parse(readFileSync(from, "utf8")), {
    rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false,
  });
  writeFileSync(to, astToString(nodes));
}

/** The files of ours that the guards read. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const GENERATED = new Set(["schema.d.ts", "codes.json", "package-lock.json"]);

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules" || GENERATED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

/** Name from `web/` on, folder and text of every source file with one of these endings. */
export function sources(...endings) {
  return ["apps", "packages"].flatMap((part) => [...walk(join(ROOT, part))])
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ name: relative(ROOT, path), folder: dirname(path), text: readFileSync(path, "utf8") }));
}

/** Prints what is wrong and ends with 1, or says in one line that all is well. */
export function report(guard, problems) {
  for (const problem of problems) console.error(problem);
  console.log(`${guard}: ${problems.length ? `${problems.length} problems` : "well"}`);
  process.exitCode = problems.length ? 1 : process.exitCode;
}

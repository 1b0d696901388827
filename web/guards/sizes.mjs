/** Files stay small enough to be read: component 300 lines, module 250, folder 25 files; and folders have names of their own. */

import { report, sources } from "./sources.mjs";

const MOST = { ".vue": 300, ".ts": 250, ".css": 250 };
const FILES = 25;
const NAMELESS = new Set(["components", "hooks", "types", "utils", "helpers", "common", "shared"]);

const problems = [];
const folders = new Map();
for (const { name, folder, text } of sources(...Object.keys(MOST))) {
  const most = MOST[name.slice(name.lastIndexOf("."))];
  const lines = text.split("\n").length - 1;
  if (lines > most) problems.push(`${name}: ${lines} lines, at most ${most}`);
  folders.set(folder, (folders.get(folder) ?? 0) + 1);
  const nameless = name.split("/").find((part) => NAMELESS.has(part));
  if (nameless) problems.push(`${name}: a folder named ${nameless}`);
}
for (const [folder, count] of folders) if (count > FILES) problems.push(`${folder}: ${count} files, at most ${FILES}`);

report("sizes", problems);

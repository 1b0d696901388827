/** Two languages, complete: same keys, same places, no Chinese outside the string files, no key that nobody uses. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { report, ROOT, sources } from "./sources.mjs";

const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/u;
const COMMENT = /\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(^|\s)\/\/.*$/gm;
const PLACES = /\{(\w+)\}/g;
/** Names the words of forms without knowing them. */
const LOGIC = "packages/logic/src/act/";
const SHOWN_ALIKE = new Set(["zh", "en"]);

/** The same Chinese as the server's word for the same code, and another thing all the same. */
const OTHER_SENSE = new Map([
  ["apps/desk/src/pages/case/ui/zh.json answered", "a report whose sender was answered, not an order"],
  ["apps/desk/src/features/supervision/zh.json order_remind", "a deed to an order, not to a case"],
  ["apps/desk/src/pages/document/ui/zh.json withdrawn", "a version taken back by its writer"],
]);

const problems = [];
const worded = Object.values(JSON.parse(readFileSync(join(ROOT, "packages/api/src/codes.json"), "utf8"))).flatMap(Object.entries);
const files = sources(".json").filter(({ name }) => /\/(zh|en)\.json$/.test(name));
const code = sources(".ts", ".vue");
const everything = code.map(({ text }) => text).join("\n");
const places = (text) => [...text.matchAll(PLACES)].map(([, place]) => place).sort().join();

for (const { name, folder, text } of files.filter(({ name }) => name.endsWith("/zh.json"))) {
  const other = files.find((file) => file.folder === folder && file.name.endsWith("/en.json"));
  if (!other) {
    problems.push(`${name}: no en.json beside it`);
    continue;
  }
  const [zh, en] = [JSON.parse(text), JSON.parse(other.text)];
  for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
    if (!(key in zh) || !(key in en)) problems.push(`${name}: "${key}" is only in one language`);
    else if (places(zh[key]) !== places(en[key])) problems.push(`${name}: "${key}" has other places in English`);
    else if (CHINESE.test(en[key]) && !SHOWN_ALIKE.has(key)) problems.push(`${other.name}: "${key}" is Chinese`);
    if (isTheServers(key, zh[key]) && !OTHER_SENSE.has(`${name} ${key}`)) problems.push(`${name}: "${key}" is a word of codes.json: use term()`);
    if (!isUsed(key, folder)) problems.push(`${name}: nobody uses "${key}"`);
  }
}

/** A string named after a code (`granted`, `outcome_granted`) that says what the server's word for it says. */
function isTheServers(key, text) {
  return worded.some(([code, word]) => word.zh === text && (key === code || key.endsWith(`_${code}`)));
}

/** A key stands in the code whole, or as the head or tail of one that is put together (`hint_${name}`, `${kind}_${code}`). */
function isUsed(key, folder) {
  if (new RegExp(`["'\`]${key}["'\`]`).test(everything)) return true;
  const near = code.filter((file) => file.folder.startsWith(folder) || file.name.startsWith(LOGIC)).map(({ text }) => text).join("\n");
  const [head, tail] = [key.slice(0, key.indexOf("_") + 1), key.slice(key.lastIndexOf("_"))];
  return near.includes("}_${") || (key.includes("_") && (near.includes(`${head}\${`) || near.includes(`}${tail}\``)));
}

for (const { name, text } of [...code, ...sources(".css", ".html")]) {
  if (name === "packages/ui/src/theme/tokens.css" || name === "apps/desk/index.html") continue;
  text.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, " ")).split("\n").forEach((line, index) => {
    if (CHINESE.test(line)) problems.push(`${name}:${index + 1}: Chinese outside the string files`);
  });
}

report("strings", problems);

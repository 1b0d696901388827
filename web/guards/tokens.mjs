/** Colours, sizes and radii are written in the tokens and nowhere else. */

import { report, sources } from "./sources.mjs";

const THEME = /^packages\/ui\/src\/theme\//;
const STYLE = /<style[^>]*>([\s\S]*?)<\/style>/g;
const RULES = [
  [/#[0-9a-f]{3,8}\b/i, "a colour"],
  [/\b(?:rgb|hsl|oklch|lab)a?\(/i, "a colour"],
  [/(?<![\w-])\d*\.?\d+px\b/, "a size in pixels"],
  [/(?<![\w-])(?:white|black|red|green|grey|gray|blue)\s*;/i, "a named colour"],
];
const WINDOWS = new Set(["720px", "721px", "1100px"]);

const problems = [];
for (const { name, text } of sources(".css", ".vue")) {
  if (THEME.test(name)) continue;
  const style = name.endsWith(".vue") ? [...text.matchAll(STYLE)].map(([, css]) => css).join("\n") : text;
  for (const line of style.split("\n")) {
    const query = /^\s*@(media|container)/.test(line);
    if (query && line.includes("@media") && (line.match(/\d+px/g) ?? []).some((width) => !WINDOWS.has(width))) {
      problems.push(`${name}: a window width that is not agreed: ${line.trim()}`);
    }
    for (const [rule, what] of query ? [] : RULES) if (rule.test(line)) problems.push(`${name}: ${what}: ${line.trim()}`);
  }
}
for (const { name, text } of sources(".vue")) {
  if (/\sstyle="/.test(text.replace(STYLE, ""))) problems.push(`${name}: an inline style, which the server's policy forbids`);
}

report("tokens", problems);

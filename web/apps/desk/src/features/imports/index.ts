/** How an import stands, at a glance. */

import type { ImportRun } from "@gezhi/api";

type Tone = "" | "accent" | "green" | "yellow" | "red";

export const isGoing = ({ state }: ImportRun) => state === "checking" || state === "applying";

export function toneOf(run: ImportRun): Tone {
  if (run.state === "done") return "green";
  if (run.state === "failed" || run.counts.errors) return "red";
  if (isGoing(run)) return "accent";
  return run.state === "checked" ? "yellow" : "";
}

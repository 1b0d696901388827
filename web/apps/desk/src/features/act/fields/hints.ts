/** The line under a field's label, where it needs one: limits, deadlines, the people who read it. */

import { sayMoment } from "@gezhi/logic";
import type { FormFacts, FormPart, Suggestion } from "@gezhi/logic/act";

import zh from "../zh.json";

type Word = keyof typeof zh;

interface Words {
  t: (key: Word, values?: Record<string, unknown>) => string;
  term: (kind: "unit" | "step" | "application", code: string) => string;
}

const DAY = 86_400_000;

export function hintOf(
  { name, part }: FormPart, { due }: FormFacts, suggestion: Suggestion,
  { t, term, language, now }: Words & { language: string; now: number },
): string | undefined {
  const lines: string[] = [];
  if (part === "amount" && suggestion.most) {
    lines.push(t("hint_most", { most: suggestion.most, unit: term("unit", suggestion.unit ?? "") }));
    if (due) lines.push(t("hint_due", { due: sayMoment(due, language, now) }));
  }
  const days = Number(suggestion.most_days);
  if (part === "moment" && days) {
    lines.push(t("hint_until", { latest: sayMoment(new Date(now + days * DAY).toISOString(), language, now), days }));
  }
  const fixed = `hint_${name}`;
  if (!lines.length && fixed in zh) lines.push(t(fixed as Word));
  return lines.join("") || undefined;
}

/** What the two verbs of a decision name: the kind, and who decides after this step. */
export function decidingNames(suggestion: Suggestion, { term }: Pick<Words, "term">): Record<string, string> {
  const asked = suggestion.application;
  const next = asked?.steps[asked.opinions.length + 1];
  return {
    what: asked ? term("application", asked.kind).toLowerCase() : "",
    next: next ? term("step", next) : "",
  };
}

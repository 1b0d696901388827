/** A part of a command's form as a field: its label, what may be chosen, and the line under it where it needs one. */

import type { City } from "@gezhi/api";
import { sayMoment } from "@gezhi/logic";
import { choicesOf, type Field, type FormFacts, type FormPart, type Suggestion, type Values } from "@gezhi/logic/act";
import { say } from "@gezhi/ui";

import zh from "../zh.json";

type Word = keyof typeof zh;

interface Words {
  t: (key: Word, values?: Record<string, unknown>) => string;
  term: (kind: "unit" | "step" | "application", code: string) => string;
}

/** A row of the city's list of reasons, with the answer that it proposes to those who reported the case. */
type Reason = City["reasons"][number];

const DAY = 86_400_000;

export function fieldOf(
  part: FormPart, facts: FormFacts, suggestion: Suggestion, words: Words & { language: string; now: number; reasons: Reason[] },
): Field {
  const { name, word = name, required } = part;
  const { t, term } = words;
  const hint = hintOf(part, facts, suggestion, words);
  return {
    name, part: part.part, required, facts,
    label: word in zh ? t(word as Word) : word,
    ...(hint && { hint }),
    ...(part.part === "choice" && { choices: wordedChoices(name, suggestion, words) }),
    ...(part.part === "pick" && { choices: words.reasons.map(({ code, zh, en }) => ({ value: code, word: say(zh, en) })) }),
    ...((part.part === "pick" || name === "kind") && suggestion.answer_needed !== false && { brings: proposing(words.reasons) }),
    ...(part.part === "amount" && amountOf(name, suggestion, { t, term })),
    ...(part.part === "moment" && { mostDays: suggestion.most_days ?? 0 }),
    ...(suggestion.unit_id != null && { known: { id: suggestion.unit_id, name: suggestion.unit_name ?? "" } }),
  };
}

/** The answer that goes with what was chosen, unless somebody has written another one. */
function proposing(reasons: Reason[]) {
  return (chosen: unknown, { answer }: Values): Values => {
    const own = answer && !reasons.some((reason) => reason.answer === answer);
    return own ? {} : { answer: reasons.find(({ code }) => code === chosen)?.answer ?? "" };
  };
}

function amountOf(name: string, { unit, most }: Suggestion, { t, term }: Words): Partial<Field> {
  if (name === "cost") return { unit: t("yuan"), least: 0 };
  return { unit: term("unit", unit ?? "work_hour"), least: 1, ...(most && { most }) };
}

function wordedChoices(name: string, suggestion: Suggestion, { t, term }: Words) {
  const names = decidingNames(suggestion, { term });
  return choicesOf(name, suggestion).map(({ value, word }) => ({
    value, word: typeof word === "string" ? t(word as Word, names) : say(word.zh, word.en),
  }));
}

function hintOf(
  { name, part }: FormPart, { due }: FormFacts, suggestion: Suggestion,
  { t, term, language, now }: Words & { language: string; now: number },
): string | undefined {
  const lines: string[] = [];
  if (part === "amount" && name !== "cost" && suggestion.most) {
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

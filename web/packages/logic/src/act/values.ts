/** What people fill in, what is still missing, and the body that the server takes. */

import type { AnyCommand, CaseDetail } from "@gezhi/api";
import type { Point } from "@gezhi/geo";

import { emptyOf, filledIn, type FormFacts, isFilled, sendable, type Values } from "./fields";
import { partsOf, type FormPart, type Offered, type Suggestion } from "./forms";

export function factsOf(detail: CaseDetail): FormFacts {
  const { lon, lat } = detail;
  const handling = detail.clocks.find(({ kind, state }) => kind === "handling" && state !== "ended");
  return { row: detail.row, cases: [detail.id], subject: detail.class, point: { lon, lat }, due: handling?.due_at ?? null };
}

/** Where the place of the case itself may be put right, the form begins with it. */
const MOVES_CASE = new Set(["accept", "amend"]);

/** Why something is suggested is read above the form; the reason of whoever acts is their own. */
const WHY: keyof Suggestion = "reason";

export function startValues(action: Offered, facts: FormFacts): Values {
  const { suggestion, command } = action;
  const values: Values = suggestion.answer ? { answer: suggestion.answer } : {};
  for (const { name, part } of partsOf(action)) {
    const suggested = name === WHY ? null : suggestion[name as keyof Suggestion];
    values[name] = suggested ?? emptyOf(part);
    if (part === "class") values.row_key = suggestion.row_key ?? null;
    if (part === "position") values.position = MOVES_CASE.has(command) ? facts.point : null;
    if (part === "results") values[name] = {};
    if (part === "limit") values.unit = "work_day";
    if (name === "inspection_required") values[name] = true;
  }
  return values;
}

/** Names of the parts that still need an answer. */
export function missingIn(values: Values, parts: FormPart[], facts: FormFacts): string[] {
  return parts.filter((part) => part.required && !isAnswered(values, part, facts)).map(({ name }) => name);
}

function isAnswered(values: Values, { name, part }: FormPart, { row }: FormFacts): boolean {
  if (part === "position") return Boolean(values.position);
  if (part === "results") return (row?.closing ?? []).every(({ key }) => key in ((values[name] as object | null) ?? {}));
  return isFilled(values[name]);
}

/** The command as it is filled in. What was left empty, or stands as it was, is not sent; the server says what is wrong. */
export function bodyOf(action: Offered, values: Values, facts: FormFacts): AnyCommand {
  const body: Values = { command: action.command };
  for (const { name, part } of partsOf(action, values)) {
    if (part === "position") Object.assign(body, isMoved(values.position, facts, action) ? values.position : null);
    else body[name] = sendable(values[name], part);
    if (part === "class") body.row_key = values.row_key;
    if (part === "limit") body.unit = values.unit;
  }
  return filledIn(body) as unknown as AnyCommand;
}

function isMoved(position: unknown, { point }: FormFacts, { command }: Offered): boolean {
  const at = position as Point | null;
  return !MOVES_CASE.has(command) || at?.lon !== point?.lon || at?.lat !== point?.lat;
}

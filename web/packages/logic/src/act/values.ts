/** What people fill in, what is still missing, and the body that the server takes. */

import type { AnyCommand, CaseDetail, CaseRow, StandardRow } from "@gezhi/api";
import type { Point } from "@gezhi/geo";

import type { Attached } from "../attached";
import { momentOf } from "../wall";
import { partsOf, type FormPart, type Offered, type Suggestion } from "./forms";

export type Values = Record<string, unknown>;

/** What a form has to know of its case; several cases at once have only the words in common. */
export interface FormFacts {
  row: StandardRow | null;
  nearby: CaseRow[];
  subject: { key: string; name: { zh: string; en: string } } | null;
  point: Point | null;
  /** When the handling clock runs out. */
  due: string | null;
}

export const NO_FACTS: FormFacts = { row: null, nearby: [], subject: null, point: null, due: null };

export function factsOf(detail: CaseDetail): FormFacts {
  const { lon, lat } = detail;
  const handling = detail.clocks.find(({ kind, state }) => kind === "handling" && state !== "ended");
  return { row: detail.row, nearby: detail.duplicates, subject: detail.class, point: { lon, lat }, due: handling?.due_at ?? null };
}

/** Where the place of the case itself may be put right, the form begins with it. */
const MOVES_CASE = new Set(["accept", "amend"]);

/** Why something is suggested is read above the form; the reason of whoever acts is their own. */
const WHY: keyof Suggestion = "reason";

export function startValues(action: Offered, facts: FormFacts): Values {
  const { suggestion, command } = action;
  const values: Values = {};
  for (const { name, part } of partsOf(action)) {
    const suggested = name === WHY ? null : suggestion[name as keyof Suggestion];
    values[name] = suggested ?? (part === "pictures" || part === "units" ? [] : null);
    if (part === "class") values.row_key = suggestion.row_key ?? null;
    if (part === "position") values.position = MOVES_CASE.has(command) ? facts.point : null;
    if (part === "results") values[name] = {};
    if (part === "limit") values.unit = "work_day";
    if (name === "inspection_required") values[name] = true;
    if (name === "manner") values[name] = "meeting";
  }
  return values;
}

/** Names of the parts that still need an answer. */
export function missingIn(values: Values, parts: FormPart[], facts: FormFacts): string[] {
  return parts.filter((part) => part.required && !isFilled(values, part, facts)).map(({ name }) => name);
}

function isFilled(values: Values, { name, part }: FormPart, { row }: FormFacts): boolean {
  if (part === "position") return Boolean(values.position);
  const value = values[name];
  if (part === "results") return (row?.closing ?? []).every(({ key }) => key in ((value as object | null) ?? {}));
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "string") return value.trim() !== "";
  return value !== null && value !== undefined;
}

/** The command as it is filled in. What was left empty, or stands as it was, is not sent; the server says what is wrong. */
export function bodyOf(action: Offered, values: Values, facts: FormFacts): AnyCommand {
  const body: Values = { command: action.command };
  for (const { name, part } of partsOf(action, values)) {
    const value = values[name];
    if (part === "position") Object.assign(body, isMoved(values.position, facts, action) ? values.position : null);
    else if (part === "pictures") body[name] = (value as Attached[]).map(({ sha256 }) => sha256);
    else if (part === "moment") body[name] = momentOf(value);
    else if (part === "results") body[name] = resultsOf(value as Record<string, boolean>);
    else if (part === "closing") body[name] = String(value).split("\n").map((line) => line.trim()).filter(Boolean);
    else body[name] = typeof value === "string" ? value.trim() : value;
    if (part === "class") body.row_key = values.row_key;
    if (part === "limit") body.unit = values.unit;
  }
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  ) as unknown as AnyCommand;
}

function isMoved(position: unknown, { point }: FormFacts, { command }: Offered): boolean {
  const at = position as Point | null;
  return !MOVES_CASE.has(command) || at?.lon !== point?.lon || at?.lat !== point?.lat;
}

function resultsOf(results: Record<string, boolean>) {
  return Object.entries(results).map(([code, passed]) => ({ code, passed }));
}

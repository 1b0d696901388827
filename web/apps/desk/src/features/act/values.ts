/** Between the fields that the server names and the parts of a form that people fill in. */

import type { Action, CaseDetail, CaseRow, FormField, StandardRow } from "@gezhi/api";

import type { Attached } from "@desk/features/attach-pictures";

export type Part =
  | "lines" | "text" | "choice" | "flag" | "unit" | "units" | "collector" | "class" | "position" | "pictures"
  | "results" | "case" | "limit" | "closing";

export interface FormPart {
  name: string;
  part: Part;
  required: boolean;
}

export type Values = Record<string, unknown>;

/** What a form has to know of its case; several cases at once share only the row that all have. */
export interface FormFacts {
  row: StandardRow | null;
  nearby: CaseRow[];
  known: { class: { key: string; name: string } | null };
}

const PARTS: Record<string, Part> = {
  reason: "lines", answer: "lines", note: "lines", text: "lines", basis: "text", place: "text", real: "choice",
  granted: "choice", inspection_required: "choice", kind: "choice", shirking: "flag", unit_id: "unit", helpers: "units",
  collector_id: "collector", class_key: "class", lon: "position", pictures: "pictures", results: "results",
  into_case_id: "case", limit: "limit", closing: "closing",
};
/** Filled by the part of another field. */
const FOLLOWING = new Set(["lat", "row_key", "unit"]);
const CLOSING_KINDS = ["normal", "late", "error", "special", "notice", "forced"];

export const CHOICES: Record<string, { value: unknown; word: string }[]> = {
  ...Object.fromEntries(["real", "granted", "inspection_required"].map((name) => [
    name, [{ value: true, word: `${name}_yes` }, { value: false, word: `${name}_no` }],
  ])),
  kind: CLOSING_KINDS.map((kind) => ({ value: kind, word: `kind_${kind}` })),
};

export function partsOf(form: FormField[]): FormPart[] {
  return form
    .filter(({ name }) => !FOLLOWING.has(name))
    .map(({ name, required }) => ({ name, required, part: PARTS[name] ?? "text" }));
}

export function startValues(action: Action): Values {
  const values: Values = {};
  for (const { name, part } of partsOf(action.form)) {
    values[name] = action.suggestion[name] ?? (part === "pictures" || part === "units" ? [] : null);
    if (part === "class") values.row_key = action.suggestion.row_key ?? null;
    if (part === "position") values.position = pointOf(action.suggestion);
    if (part === "results") values[name] = {};
  }
  return values;
}

function pointOf({ lon, lat }: Values): { lon: number; lat: number } | null {
  return typeof lon === "number" && typeof lat === "number" ? { lon, lat } : null;
}

/** Names of the parts that still need an answer. */
export function missingIn(values: Values, parts: FormPart[], row: StandardRow | null): string[] {
  return parts.filter((part) => part.required && !isFilled(values, part, row)).map(({ name }) => name);
}

function isFilled(values: Values, { name, part }: FormPart, row: StandardRow | null): boolean {
  if (part === "position") return Boolean(values.position);
  const value = values[name];
  if (part === "results") return (row?.closing ?? []).every(({ code }) => code in ((value as object | null) ?? {}));
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "string") return value.trim() !== "";
  return value !== null && value !== undefined;
}

/** The body that the server takes; what was left empty is not sent. */
export function bodyOf(values: Values, parts: FormPart[]): Values {
  const body: Values = {};
  for (const { name, part } of parts) {
    if (part === "position") Object.assign(body, values.position);
    else if (part === "pictures") body[name] = (values[name] as Attached[]).map(({ sha256 }) => sha256);
    else if (part === "results") body[name] = resultsOf(values[name] as Record<string, boolean>);
    else body[name] = values[name];
    if (part === "class") body.row_key = values.row_key;
    if (part === "limit") body.unit = values.unit;
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined && value !== ""));
}

function resultsOf(results: Record<string, boolean>) {
  return Object.entries(results).map(([code, passed]) => ({ code, passed }));
}

export function factsOf(detail: CaseDetail): FormFacts {
  return { row: detail.row, nearby: detail.nearby, known: { class: detail.class } };
}

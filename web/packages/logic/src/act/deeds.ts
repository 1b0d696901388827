/** The form of one deed: its fields, what is still missing, and the body that the server takes. */

import type { Attached } from "../attached";
import { momentOf } from "../wall";

export type FieldPart = "lines" | "text" | "moment" | "day" | "pictures" | "choice" | "unit" | "number" | "list" | "classes" | "regions";

export interface DeedField {
  /** The server's name of the field. */
  name: string;
  part: FieldPart;
  label: string;
  required?: boolean;
  hint?: string;
  /** Beside a number. */
  unit?: string;
  choices?: { value: unknown; word: string }[];
  stacked?: boolean;
  known?: { id: number; name: string } | null;
  start?: unknown;
  /** Only asked for while this holds. */
  when?: (values: Values) => boolean;
  /** What else changes when this is chosen. */
  brings?: (value: unknown, values: Values) => Values;
}

export type Values = Record<string, unknown>;

export interface DeedAct {
  name: string;
  label: string;
  /** On the button that sends it, where it is not the label. */
  verb?: string | ((values: Values) => string);
  note?: string;
  fields: DeedField[];
  primary?: boolean;
  send: (body: Values, key: string) => Promise<unknown>;
}

const MANY = new Set<FieldPart>(["pictures", "classes", "regions"]);

export function startOf(fields: DeedField[]): Values {
  return Object.fromEntries(fields.map(({ name, part, start }) => [name, start ?? (MANY.has(part) ? [] : null)]));
}

export const askedNow = (fields: DeedField[], values: Values) => fields.filter(({ when }) => !when || when(values));

export function missingIn(fields: DeedField[], values: Values): DeedField[] {
  return askedNow(fields, values).filter(({ name, required }) => required && !isFilled(values[name]));
}

function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === "string" ? value.trim() !== "" : value !== null && value !== undefined;
}

/** What was left empty is not sent. */
export function bodyOf(fields: DeedField[], values: Values): Values {
  const pairs = askedNow(fields, values).map(({ name, part }) => [name, sendable(values[name], part)] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== null && value !== undefined && value !== ""));
}

function sendable(value: unknown, part: FieldPart): unknown {
  if (part === "pictures") return (value as Attached[]).map(({ sha256 }) => sha256);
  if (part === "number") return typeof value === "number" ? value : null;
  if (part === "moment") return momentOf(value);
  if (part === "list") return String(value ?? "").split(/[\s,]+/).filter(Boolean);
  return typeof value === "string" ? value.trim() : value;
}

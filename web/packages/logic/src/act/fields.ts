/** One field of a form, as it is shown, chosen and sent: forms of cases and of registers are described alike. */

import type { StandardRow } from "@gezhi/api";
import type { Point } from "@gezhi/geo";

import type { Attached } from "../attached";
import { momentOf } from "../wall";

export type Part =
  | "lines" | "text" | "choice" | "pick" | "flag" | "amount" | "moment" | "day" | "list" | "closing" | "limit" | "results" | "pictures"
  | "unit" | "units" | "crew" | "collector" | "class" | "classes" | "regions" | "position" | "case";

export type Values = Record<string, unknown>;

/** What a form has to know of its case; several cases at once have only the words in common. */
export interface FormFacts {
  row: StandardRow | null;
  /** The ids of the cases that the form is about. */
  cases: string[];
  subject: { key: string; name: { zh: string; en: string } } | null;
  point: Point | null;
  /** When the handling clock runs out. */
  due: string | null;
}

export const NO_FACTS: FormFacts = { row: null, cases: [], subject: null, point: null, due: null };

export interface Field {
  /** The server's name of the field. */
  name: string;
  part: Part;
  label: string;
  required?: boolean;
  hint?: string;
  /** Beside an amount, with the least and the most of it. */
  unit?: string;
  least?: number;
  most?: number;
  /** How far ahead a moment may lie. */
  mostDays?: number;
  choices?: { value: unknown; word: string }[];
  stacked?: boolean;
  /** A unit whose name need not be looked up. */
  known?: { id: number; name: string } | null;
  facts?: FormFacts;
  start?: unknown;
  /** Only asked for while this holds. */
  when?: (values: Values) => boolean;
  /** What else changes when this is chosen. */
  brings?: (value: unknown, values: Values) => Values;
}

const MANY = new Set<Part>(["pictures", "units", "classes", "regions"]);

export const emptyOf = (part: Part) => (MANY.has(part) ? [] : null);

export function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === "string" ? value.trim() !== "" : value !== null && value !== undefined;
}

/** One value as the server takes it. */
export function sendable(value: unknown, part: Part): unknown {
  if (part === "pictures") return (value as Attached[]).map(({ sha256 }) => sha256);
  if (part === "amount") return typeof value === "number" ? value : null;
  if (part === "moment") return momentOf(value);
  if (part === "list") return String(value ?? "").split(/[\s,]+/).filter(Boolean);
  if (part === "closing") return String(value).split("\n").map((line) => line.trim()).filter(Boolean);
  if (part === "results") return Object.entries(value as Record<string, boolean>).map(([code, passed]) => ({ code, passed }));
  return typeof value === "string" ? value.trim() : value;
}

/** What was left empty is not sent. */
export function filledIn(body: Values): Values {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined && value !== ""));
}

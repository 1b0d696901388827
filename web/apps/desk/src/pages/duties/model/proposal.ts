/** What is typed into the form of one duty row, where it comes from, and what is sent. */

import type { Body, DutyProposal } from "@gezhi/api";
import type { LocationQuery } from "vue-router";

/** How many classes the row speaks for. */
export type Width = "minor" | "major" | "kind";

export interface Words {
  class_key: string | null;
  width: Width;
  area_code: string;
  unit_id: number | null;
  valid_from: string;
  valid_to: string | null;
  basis_kind: (typeof BASES)[number];
  basis: string;
  reason: string;
  overlap: "ask" | "end" | "keep";
  case_id: string | null;
  case_no: string;
  anew_of: string | null;
}

export const BASES = ["minutes", "local", "standard", "law"] as const;
export const PREFILLED = ["class_key", "area_code", "unit_id", "case_id", "case_no", "reason"] as const;

/** The wall calendar of China, wherever the page is read. */
export function today(): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
}

export function emptyWords(): Words {
  return {
    class_key: null, width: "minor", area_code: "", unit_id: null, valid_from: today(), valid_to: null,
    basis_kind: "minutes", basis: "", reason: "", overlap: "ask", case_id: null, case_no: "", anew_of: null,
  };
}

/** Pages elsewhere link here with what they know: ?propose=1&class_key=…&area_code=…&unit_id=…&case_id=…&case_no=…&reason=… */
export function wordsOf(query: LocationQuery): Partial<Words> {
  const text = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const unit = Number(text("unit_id"));
  const key = text("class_key");
  return {
    ...(key && splitKey(key)),
    ...(text("area_code") && { area_code: text("area_code") }),
    ...(unit > 0 && { unit_id: unit }),
    ...(text("case_id") && { case_id: text("case_id") }),
    ...(text("case_no") && { case_no: text("case_no") }),
    ...(text("reason") && { reason: text("reason") }),
  };
}

/** A refused proposal, to be mended and sent anew. */
export function wordsAnew(proposal: DutyProposal): Partial<Words> {
  const { row } = proposal;
  return {
    ...splitKey(row.class.key),
    area_code: row.area_code,
    unit_id: row.unit_id,
    valid_from: row.valid_from < today() ? today() : row.valid_from,
    valid_to: row.valid_to,
    basis_kind: row.basis_kind as Words["basis_kind"],
    basis: row.basis,
    reason: proposal.reason,
    overlap: proposal.overlap as Words["overlap"],
    case_id: proposal.case_id,
    case_no: proposal.case_no,
    anew_of: proposal.id,
  };
}

function splitKey(key: string): Pick<Words, "class_key" | "width"> {
  const code = key.split("-")[2] ?? "";
  return { class_key: key, width: code === "*" ? "kind" : code.length === 2 ? "major" : "minor" };
}

/** The key of what the row speaks for: of the minor class, of its major class, or of all parts or matters. */
export function selectorOf(key: string, width: Width): string {
  const [edition, kind, code = ""] = key.split("-");
  const selector = { minor: code, major: code.slice(0, 2), kind: "*" }[width];
  return `${edition}-${kind}-${selector}`;
}

/** Whether a key is that of one class, not of many. */
export const isMinor = (key: string | null): key is string => /-\d{4,5}$/.test(key ?? "");

/** Fields that must be filled in before it is worth asking the server. */
export function missingIn(words: Words): (keyof Words)[] {
  const needed: (keyof Words)[] = ["class_key", "unit_id", "valid_from", "reason"];
  if (words.basis_kind !== "local") needed.push("basis");
  return needed.filter((name) => !String(words[name] ?? "").trim());
}

/** Sent once nothing is missing. */
export function bodyOf(words: Words): Body<"post", "/duties/proposals"> {
  const { width, class_key, unit_id, ...rest } = words;
  return { ...rest, unit_id: unit_id ?? 0, class_key: selectorOf(class_key ?? "", isMinor(class_key) ? width : "minor"), reason: words.reason.trim() };
}

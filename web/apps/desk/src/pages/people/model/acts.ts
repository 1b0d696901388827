/** The acts by which bodies, posts and people are kept: what each asks for, and in which order. */

import type { StaffAct } from "@gezhi/api";

export type ActKind = StaffAct["act"];
export type Values = Record<string, unknown>;

export interface ActField {
  name: string;
  /** The word beside it, where it is another than the name's. */
  label?: string;
  kind: "text" | "day" | "number" | "words" | "person" | "post" | "body" | "area" | "areas" | "role" | "body_kind" | "level" | "language";
  optional?: boolean;
}

/** What an act is about, with what its form begins with. `subject` is named above the form. */
export interface Asked {
  act: ActKind;
  subject: string;
  given: Values;
  start?: Values;
  /** What a picker shows before anybody has searched. */
  known?: { id: number; name: string };
}

const text = (name: string, optional = false): ActField => ({ name, kind: "text", optional });
const FROM: ActField = { name: "valid_from", kind: "day" };
const TO: ActField = { name: "valid_to", kind: "day" };
const LAST: ActField = { name: "last_day", kind: "day" };
const WHY: ActField = { name: "reason", kind: "words" };
const PERSON: ActField = { name: "user_id", kind: "person" };
const POST: ActField = { name: "post_id", kind: "post" };
const ESTABLISHMENT: ActField = { name: "establishment", kind: "number", optional: true };
const PERSON_NAME: ActField = { ...text("name"), label: "person_name" };
const CONTACT: ActField[] = [PERSON_NAME, text("phone", true), { name: "language", kind: "language" }];

const FIELDS: Record<ActKind, ActField[]> = {
  "take-up": [PERSON_NAME, text("username"), ...CONTACT.slice(1), FROM, WHY],
  "change-person": [...CONTACT, WHY],
  appoint: [PERSON, POST, FROM, WHY],
  deputise: [PERSON, FROM, TO, WHY],
  transfer: [POST, FROM, WHY],
  "end-appointment": [LAST, WHY],
  leave: [FROM, TO, WHY],
  "end-leave": [LAST, WHY],
  "new-password": [WHY],
  "end-person": [LAST, WHY],
  "restore-person": [WHY],
  "create-body": [
    text("name"), text("english", true), text("code"), { name: "kind", kind: "body_kind" }, { name: "platform_level", kind: "level" },
    { name: "region_code", kind: "area", optional: true }, FROM, WHY,
  ],
  "change-body": [text("name"), text("english", true), { name: "parent_id", kind: "body", optional: true }, FROM, WHY],
  "end-body": [LAST, WHY],
  "create-post": [
    text("title"), text("english", true), { name: "role", kind: "role" }, ESTABLISHMENT,
    { name: "region_codes", kind: "areas", optional: true }, FROM, WHY,
  ],
  "change-post": [text("title"), text("english", true), ESTABLISHMENT, FROM, WHY],
  "end-post": [LAST, WHY],
  undo: [WHY],
};

/** The fields of an act, without those that are given already. */
export const fieldsOf = ({ act, given }: Asked): ActField[] => FIELDS[act].filter(({ name }) => !(name in given));

export const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());

const EMPTY: Record<ActField["kind"], () => unknown> = {
  text: () => "", words: () => "", day: today, number: () => null, person: () => null, post: () => null, body: () => null,
  area: () => "", areas: () => [], role: () => "", body_kind: () => "", level: () => 1, language: () => "zh",
};

/** What the form shows at first. */
export const startOf = (asked: Asked): Values =>
  ({ ...Object.fromEntries(fieldsOf(asked).map(({ name, kind }) => [name, EMPTY[kind]()])), ...asked.start });

const isBlank = (value: unknown) => value === null || value === undefined || (typeof value === "string" && !value.trim());

export const missingIn = (asked: Asked, values: Values): string[] =>
  fieldsOf(asked).filter(({ name, optional }) => !optional && isBlank(values[name])).map(({ name }) => name);

/** The act as it is sent: words without blanks around them, an emptied number as none. */
export function actOf(asked: Asked, values: Values): StaffAct {
  const filled = Object.fromEntries(fieldsOf(asked).map(({ name, kind }) => {
    const value = values[name];
    return [name, typeof value === "string" ? (kind === "number" ? (value ? Number(value) : null) : value.trim()) : value];
  }));
  return { act: asked.act, ...asked.given, ...filled } as StaffAct;
}

/** What must be read anew after an act. */
export const CHANGED = [
  "staffing", "kept-body", "kept-person", "staff-deeds", "staff", "officers", "addressed", "units-without-account",
  "bodies-named", "people-named", "organisations", "posts-found", "people-found",
] as const;

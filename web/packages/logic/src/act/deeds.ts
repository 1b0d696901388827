/** The form of one deed: its fields, what is still missing, and the body that the server takes. */

import { emptyOf, type Field, filledIn, isFilled, sendable, type Values } from "./fields";

export type { Field, Values } from "./fields";

export interface DeedAct {
  name: string;
  label: string;
  /** On the button that sends it, where it is not the label. */
  verb?: string | ((values: Values) => string);
  note?: string;
  fields: Field[];
  primary?: boolean;
  send: (body: Values, key: string) => Promise<unknown>;
}

/** An act before it is known to what it is done. */
export type Deed = Omit<DeedAct, "send">;

/** Those of a register's deeds that the server offers on this row. */
export function offeredActs<R extends { id: string; acts: string[] }>(
  row: R, deeds: Deed[], act: (id: string, name: string, body: Values, key: string) => Promise<unknown>,
): DeedAct[] {
  return deeds.filter(({ name }) => row.acts.includes(name)).map((deed) => ({
    ...deed, send: (body, key) => act(row.id, deed.name, body, key),
  }));
}

export function startOf(fields: Field[]): Values {
  return Object.fromEntries(fields.map(({ name, part, start }) => [name, start ?? emptyOf(part)]));
}

export const askedNow = (fields: Field[], values: Values) => fields.filter(({ when }) => !when || when(values));

export function missingIn(fields: Field[], values: Values): Field[] {
  return askedNow(fields, values).filter(({ name, required }) => required && !isFilled(values[name]));
}

export function bodyOf(fields: Field[], values: Values): Values {
  return filledIn(Object.fromEntries(askedNow(fields, values).map(({ name, part }) => [name, sendable(values[name], part)])));
}

/** The parts of a filter bar. */

/** What is narrowed by, as it stands in the address: empty values are left out. */
export type Chosen = Record<string, string>;

interface Named {
  name: string;
  label: string;
}

export type FilterField =
  | (Named & { kind: "words" | "flag" })
  /** `any` is the word for not choosing. */
  | (Named & { kind: "choice"; any: string; options: { value: string; word: string }[] })
  /** Drawn by a slot of the kind's name. */
  | { kind: "unit" | "class" | "region" | "light"; name: string }
  | { kind: "days"; name: "days"; from: string; to: string };

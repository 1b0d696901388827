/** A proposed change in words: what it is about, and line by line what stands and what would. */
export interface Told {
  title: string;
  lines: { label: string; before: string; after: string }[];
}

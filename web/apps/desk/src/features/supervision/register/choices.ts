/** One choice that narrows a register. */

export interface FilterChoice {
  name: string;
  label: string;
  /** The word for not choosing. */
  any: string;
  options: { value: string; word: string }[];
}

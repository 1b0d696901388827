/** The pages of the side bar below the queues: which permission shows them; each group in its order. */

export interface Place {
  /** The route, and the key of its name in the strings of the frame. */
  name: string;
  group: "work" | "registers" | "keeping";
  permission: string;
  roles?: string[];
}

export const PLACES: Place[] = [
];

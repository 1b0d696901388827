/** The pages of the side bar below the queues: which permission shows them; each group in its order. */

import type zh from "./zh.json";

type Named<K> = K extends `place_${infer Name}` ? Name : never;

export interface Place {
  /** The route, and the key of its name in the strings of the frame. */
  name: Named<keyof typeof zh>;
  group: "work" | "registers" | "keeping";
  permission: string;
  roles?: string[];
}

export const PLACES: Place[] = [
  { name: "shift", group: "work", permission: "cases.read", roles: ["acceptor", "duty-officer", "dispatcher", "supervisor", "leader"] },
  { name: "documents", group: "registers", permission: "documents.read" },
  { name: "messages", group: "keeping", permission: "messages.read" },
];

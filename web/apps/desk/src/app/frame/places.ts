/** The pages of the side bar below the queues: which permission shows them; each group in its order. */

import type { Permission } from "@gezhi/api";

import type zh from "./zh.json";

type Named<K> = K extends `place_${infer Name}` ? Name : never;

export interface Place {
  /** The route, and the key of its name in the strings of the frame. */
  name: Named<keyof typeof zh>;
  group: "bench" | "work" | "registers" | "keeping";
  permission: Permission;
  roles?: string[];
}

export const PLACES: Place[] = [
  { name: "dispatching", group: "bench", permission: "cases.act", roles: ["dispatcher"] },
  { name: "unit", group: "bench", permission: "cases.act", roles: ["handler"] },
  { name: "overview", group: "bench", permission: "supervision.read", roles: ["supervisor", "leader", "duty-officer", "administrator"] },
  { name: "supervision", group: "work", permission: "supervision.read" },
  { name: "major", group: "work", permission: "supervision.read" },
  { name: "ownerless", group: "work", permission: "supervision.read" },
  { name: "accountability", group: "work", permission: "supervision.read" },
  { name: "patterns", group: "work", permission: "patterns.read" },
  { name: "calls", group: "work", permission: "reporters.read" },
  { name: "shift", group: "work", permission: "cases.read", roles: ["acceptor", "duty-officer", "dispatcher", "supervisor", "leader"] },
  { name: "ledgers", group: "registers", permission: "ledgers.read" },
  { name: "shares", group: "registers", permission: "ledgers.read" },
  { name: "approvals", group: "registers", permission: "ledgers.read" },
  { name: "policy", group: "registers", permission: "ledgers.read" },
  { name: "standard", group: "registers", permission: "ledgers.read" },
  { name: "editions", group: "registers", permission: "ledgers.read" },
  { name: "documents", group: "registers", permission: "documents.read" },
  { name: "messages", group: "keeping", permission: "messages.read" },
  { name: "readiness", group: "keeping", permission: "settings.write" },
  { name: "holidays", group: "keeping", permission: "settings.write" },
  { name: "upkeep", group: "keeping", permission: "settings.write" },
  { name: "grids", group: "keeping", permission: "settings.write" },
  { name: "imports", group: "keeping", permission: "rules.approve" },
  { name: "openings", group: "keeping", permission: "reporters.audit" },
  { name: "proof", group: "keeping", permission: "proof.read" },
  { name: "duties", group: "registers", permission: "duties.read" },
  { name: "successions", group: "registers", permission: "ledgers.read" },
  { name: "people", group: "registers", permission: "people.read" },
  { name: "roster", group: "registers", permission: "roster.read" },
];

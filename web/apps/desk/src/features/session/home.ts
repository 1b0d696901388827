import { session } from "@gezhi/work";
/** Where each post begins its day. */

const HOMES: Record<string, string> = {
  dispatcher: "dispatching", handler: "unit", leader: "overview", supervisor: "overview",
};

export function home(): { name: string } {
  return { name: HOMES[session.value?.post.role ?? ""] ?? "work" };
}

import { lacking, session } from "@gezhi/work";
/** Where each post begins its day; an administrator with what keeps the first case out, while something does. */

const HOMES: Record<string, string> = {
  dispatcher: "dispatching", handler: "unit", leader: "overview", supervisor: "overview",
};

export function home(): { name: string } {
  const role = session.value?.post.role ?? "";
  if (role === "administrator" && lacking.value.length) return { name: "readiness" };
  return { name: HOMES[role] ?? "work" };
}

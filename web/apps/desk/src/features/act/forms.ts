/** The form of each command: which parts it has and which of them must be filled. The server checks them anyway. */

import type { Action } from "@gezhi/api";

export type Part =
  | "lines" | "text" | "choice" | "flag" | "unit" | "units" | "collector" | "class" | "position" | "pictures"
  | "results" | "case" | "limit" | "closing";

export interface FormPart {
  /** The server's name of the field. */
  name: string;
  part: Part;
  required: boolean;
  /** Its label, where it is not that of the name. */
  word?: string;
}

const must = (name: string, part: Part, word?: string): FormPart => ({ name, part, required: true, ...(word && { word }) });
const may = (name: string, part: Part, word?: string): FormPart => ({ name, part, required: false, ...(word && { word }) });

const REASON = [must("reason", "lines")];
const SEEN = [must("pictures", "pictures"), must("lon", "position", "position"), may("text", "lines", "remark")];
const SUBJECT = [may("class_key", "class", "class"), may("place", "text"), may("lon", "position", "position")];
const ANSWERED = [must("reason", "lines"), may("answer", "lines")];
const WORDS = [must("text", "lines")];

const FORMS: Record<string, FormPart[]> = {
  require_verification: [may("collector_id", "collector"), may("reason", "lines")],
  complete_verification: [must("real", "choice"), ...SEEN],
  reroute_task: [must("collector_id", "collector"), ...REASON],
  accept: [must("class_key", "class", "class"), may("place", "text"), may("lon", "position", "position")],
  refuse: ANSWERED,
  merge: [must("into", "case"), ...ANSWERED],
  register: [may("reason", "lines", "remark")],
  reject: ANSWERED,
  give_back: REASON,
  dispatch: [must("unit_id", "unit"), may("helpers", "units"), may("reason", "lines")],
  mark_unowned: REASON,
  settle_owner: [must("unit_id", "unit"), must("basis", "text"), ...REASON],
  receive: [],
  recall: REASON,
  ask_send_back: REASON,
  decide_send_back: [must("granted", "choice"), ...REASON, may("shirking", "flag")],
  hand_over: [must("pictures", "pictures"), may("text", "lines", "remark")],
  confirm: [must("inspection_required", "choice"), may("reason", "lines", "remark")],
  ask_more: REASON,
  send_inspection: [may("collector_id", "collector")],
  complete_inspection: [must("results", "results"), ...SEEN],
  close: [must("kind", "choice"), may("answer", "lines")],
  decline_closing: REASON,
  reopen: REASON,
  amend: [...SUBJECT, ...REASON],
  note: WORDS,
  remind: WORDS,
  find_missed: [must("collector_id", "collector"), ...REASON],
};
const FILLED_GAP = [must("limit", "limit"), must("closing", "closing"), ...REASON];

/** The parts as this case needs them: an answer where somebody waits for one, a limit where the standard has none. */
export function partsOf({ command, suggestion }: Action): FormPart[] {
  const parts = command === "register" && suggestion.limit_needed ? FILLED_GAP : (FORMS[command] ?? []);
  if (!suggestion.answer_needed) return parts;
  return parts.map((part) => (part.name === "answer" ? { ...part, required: true } : part));
}

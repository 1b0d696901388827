/** The form of each command: which parts it has and which of them must be filled. The server checks them anyway. */

import type { Action, Command, CommandIn } from "@gezhi/api";
import { APPLICATIONS } from "@gezhi/api/codes";

import type { Part } from "./fields";

export interface FormPart<N extends string = string> {
  /** The server's name of the field. */
  name: N;
  part: Part;
  required: boolean;
  /** Its label, where it is not that of the name. */
  word?: string;
}

/** The fields that a command takes, by the server's names: a part for any other does not compile. */
type FieldOf<C extends Command> = Exclude<keyof CommandIn<C> & string, "command" | "seq">;
/** What is asked for with a reason and proof; a finding that has its own basis asks nobody. */
type Ask = {
  [C in Command]: "reason" | "pictures" extends keyof CommandIn<C> ? ("basis" extends keyof CommandIn<C> ? never : C) : never
}[Command];
type Filled = Record<string, unknown>;
/** What the server says of a form beforehand; several cases at once have nothing of it. */
export type Suggestion = Partial<Action["suggestion"]>;

const must = <N extends string>(name: N, part: Part, word?: string): FormPart<N> =>
  ({ name, part, required: true, ...(word && { word }) });
const may = <N extends string>(name: N, part: Part, word?: string): FormPart<N> =>
  ({ name, part, required: false, ...(word && { word }) });

const REASON = [must("reason", "lines")];
/** Beside the words a code of the city's list, by which figures are told apart. */
const LISTED = [must("reason_code", "pick"), ...REASON];
const SEEN = [must("pictures", "pictures"), must("lon", "position", "position"), may("text", "lines", "remark")];
const SUBJECT = [may("class_key", "class", "class"), may("place", "text"), may("lon", "position", "position")];
const ANSWERED = [...LISTED, may("answer", "lines")];
const WORDS = [must("text", "lines")];
const PROVED = [must("reason_code", "pick"), must("reason", "lines", "asking_reason"), may("pictures", "pictures", "proof")];
/** The number of the signed and sealed form. */
const FORM_NO = must("form_no", "text");

/** An action as a form needs it. */
export type Offered = Omit<Action, "suggestion"> & { suggestion: Suggestion };

/** A command of the server without a form does not compile; those that ask for something have theirs from the server. */
const FORMS = {
  require_verification: [may("collector_id", "collector"), may("reason", "lines")],
  complete_verification: [must("real", "choice"), ...SEEN],
  reroute_task: [must("collector_id", "collector"), ...REASON],
  accept: [must("class_key", "class", "class"), may("place", "text"), may("lon", "position", "position")],
  refuse: ANSWERED,
  merge: [must("into", "case"), ...ANSWERED],
  register: [may("reason", "lines", "remark")],
  reject: ANSWERED,
  give_back: LISTED,
  dispatch: [must("unit_id", "unit"), may("helpers", "units"), may("reason", "lines")],
  mark_unowned: REASON,
  settle_owner: [must("unit_id", "unit"), must("manner", "choice"), must("basis", "text"), ...REASON],
  receive: [],
  recall: REASON,
  assign: [must("unit_id", "crew", "crew"), may("text", "lines", "order")],
  revoke: REASON,
  decide_application: [must("granted", "choice"), must("reason", "lines", "opinion")],
  withdraw_application: REASON,
  resume: REASON,
  hand_over: [may("pictures", "pictures"), may("text", "lines", "remark")],
  confirm: [must("inspection_required", "choice"), may("reason", "lines", "remark")],
  ask_more: REASON,
  send_inspection: [may("collector_id", "collector")],
  complete_inspection: [must("results", "results"), ...SEEN],
  close: [must("kind", "choice"), may("answer", "lines")],
  decline_closing: LISTED,
  reopen: LISTED,
  amend: [...SUBJECT, ...REASON],
  note: WORDS,
  remind: WORDS,
  find_missed: [
    must("collector_id", "choice", "missed_by"), must("basis", "lines", "missed_proof"), may("pictures", "pictures", "missed_picture"), ...REASON,
  ],
  withdraw_missed: REASON,
  list_major: [must("level", "choice"), must("unit_id", "unit", "leading_unit"), must("due", "moment"), must("text", "lines", "plan")],
  report_major: [must("text", "lines", "progress")],
} satisfies { [C in Exclude<Command, Ask>]: FormPart<FieldOf<C>>[] };
const ASKS: Record<string, FormPart[]> = Object.fromEntries(
  Object.values(APPLICATIONS).map(({ command, parts }) => [command, [...parts.map(({ name, part }) => must(name, part)), ...PROVED]]),
);
const FILLED_GAP = [must("limit", "limit"), must("closing", "closing"), ...REASON];
const COST = must("cost", "amount");

/** A newer server may offer what this face does not know yet. */
const formOf = (command: string): FormPart[] => (command in FORMS ? FORMS[command as keyof typeof FORMS] : (ASKS[command] ?? []));

/** The parts as this case needs them, and as what is filled in so far asks for. */
export function partsOf(action: Offered, filled: Filled = {}): FormPart[] {
  const { command, suggestion } = action;
  if (command === "decide_application") return decidingParts(suggestion, filled);
  const parts = command === "register" && suggestion.limit_needed ? FILLED_GAP : formOf(command);
  if (command === "find_missed" && !suggestion.collectors?.length) return parts.filter(({ name }) => name !== "collector_id");
  if (command === "settle_owner" && filled.manner === "substitute") return [...parts, COST];
  const formNeeded = suggestion.form_needed === true || suggestion.form_for?.includes(String(filled.reason_code)) === true;
  const needed = formNeeded && command in ASKS ? [...parts, FORM_NO] : parts;
  return needed.map((part) => (isNeededHere(part, suggestion, formNeeded) ? { ...part, required: true } : part));
}

function isNeededHere({ name }: FormPart, { answer_needed, needs_proof }: Suggestion, formNeeded: boolean): boolean {
  return (name === "answer" && answer_needed === true) || (name === "pictures" && (needs_proof === true || formNeeded));
}

/** A refusal may be marked as shirking; what ends a case for good tells those who reported it. */
function decidingParts({ may_shirk, answer_needed }: Suggestion, { granted }: Filled): FormPart[] {
  const parts: FormPart[] = FORMS.decide_application;
  if (may_shirk && granted === false) return [...parts, may("shirking", "flag")];
  return answer_needed && granted === true ? [...parts, must("answer", "lines")] : parts;
}

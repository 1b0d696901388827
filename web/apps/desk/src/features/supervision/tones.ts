/** Colours of states and levels, the same in lists, details and on the page of a case; the words say the same. */

export const ORDER_TONES: Record<string, string> = { open: "yellow", returned: "red", answered: "accent", lifted: "" };
export const ENTRY_TONES: Record<string, string> = { proposed: "accent", correcting: "yellow", reported: "accent", closed: "green", dismissed: "" };
export const MAJOR_TONES: Record<string, string> = { listed: "", striking: "accent", struck_off: "green" };
export const MAJOR_LEVEL_TONES: Record<string, string> = { 1: "", 2: "yellow", 3: "red" };
export const DIFFICULTY_TONES: Record<string, string> = { unowned: "red", returned_twice: "yellow" };

/** What somebody is writing, and what of it is sent. */

import type { DocumentDraft, RuleDocument } from "@gezhi/api";

export interface WrittenLink {
  anchor: string;
  subject_kind: string;
  subject_key: string;
}

export interface Words {
  title: string;
  kind: string;
  area: string;
  text: string;
  valid_from: string | null;
  issue_no: string;
  changes: string;
  must_read: string[];
  links: WrittenLink[];
}

export const blank = (): Words => ({
  title: "", kind: "other", area: "", text: "", valid_from: null, issue_no: "", changes: "", must_read: [], links: [],
});

/** The draft that is there, or the text of the version in force as the start of the next one. */
export function wordsOf(document: RuleDocument): Words {
  const { shown } = document;
  const draft = shown.standing === "draft";
  return {
    title: document.title,
    kind: document.kind,
    area: document.area,
    text: shown.text,
    valid_from: draft ? shown.valid_from : null,
    issue_no: draft ? shown.issue_no : "",
    changes: draft ? shown.changes : "",
    must_read: [...shown.must_read],
    links: shown.links.map(({ anchor, subject_kind, subject_key }) => ({ anchor, subject_kind, subject_key })),
  };
}

export type Lack = "lack_title" | "lack_text" | "lack_valid_from";

export function lacksOf(words: Words): Record<string, Lack> {
  return {
    ...(!words.title.trim() && { title: "lack_title" as const }),
    ...(!words.text.trim() && { text: "lack_text" as const }),
    ...(!words.valid_from && { valid_from: "lack_valid_from" as const }),
  };
}

export const bodyOf = (words: Words): DocumentDraft => ({ ...words, valid_from: words.valid_from ?? "" });

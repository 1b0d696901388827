import type { RuleDocument } from "@gezhi/api";
import { expect, test } from "vitest";

import { blank, bodyOf, lacksOf, wordsOf } from "@desk/pages/document-editor/model/words";

const document = (standing: string) => ({
  title: "Rules", kind: "other", area: "", shown: {
    standing, text: "Article 1", valid_from: "2026-05-01", issue_no: "No. 3", changes: "new", must_read: ["handler"],
    links: [{ anchor: "1", subject_kind: "class", subject_key: "k", title: "not sent" }],
  },
}) as unknown as RuleDocument;

test("a draft is gone on with as it stands; a version in force lends its text only", () => {
  expect(wordsOf(document("draft"))).toMatchObject({ valid_from: "2026-05-01", issue_no: "No. 3", changes: "new" });
  expect(wordsOf(document("in_force"))).toMatchObject({ text: "Article 1", valid_from: null, issue_no: "", changes: "" });
  expect(wordsOf(document("draft")).links).toEqual([{ anchor: "1", subject_kind: "class", subject_key: "k" }]);
});

test("title, text and the day from which it holds are needed", () => {
  expect(lacksOf(blank())).toEqual({ title: "lack_title", text: "lack_text", valid_from: "lack_valid_from" });
  expect(lacksOf(wordsOf(document("draft")))).toEqual({});
});

test("what is sent names a day, even where none is chosen", () => {
  expect(bodyOf(blank()).valid_from).toBe("");
});

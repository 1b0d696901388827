import { describe, expect, it } from "vitest";

import { bodyOf, emptyWords, isMinor, missingIn, selectorOf, wordsAnew, wordsOf } from "@desk/pages/duties/model/proposal";

describe("the form of one duty row", () => {
  it("takes what a link knows and leaves the rest as it is", () => {
    const query = { propose: "1", class_key: "2026-matter-06010", area_code: "990101001", unit_id: "7", case_no: "1", reason: "r" };
    expect(wordsOf(query)).toEqual({
      class_key: "2026-matter-06010", width: "minor", area_code: "990101001", unit_id: 7, case_no: "1", reason: "r",
    });
    expect(wordsOf({ unit_id: "none" })).toEqual({});
  });

  it("speaks for a class, for its major class, or for all of the kind", () => {
    expect(selectorOf("2026-matter-06010", "minor")).toBe("2026-matter-06010");
    expect(selectorOf("2026-matter-06010", "major")).toBe("2026-matter-06");
    expect(selectorOf("2026-matter-06010", "kind")).toBe("2026-matter-*");
  });

  it("sends a wide key as it stands", () => {
    expect(isMinor("2026-matter-06")).toBe(false);
    expect(bodyOf({ ...emptyWords(), class_key: "2026-matter-06", width: "major" }).class_key).toBe("2026-matter-06");
    expect(bodyOf({ ...emptyWords(), class_key: "2026-part-*", width: "kind" }).class_key).toBe("2026-part-*");
  });

  it("asks for a named basis unless it is a local confirmation", () => {
    const words = { ...emptyWords(), class_key: "2026-part-0101", unit_id: 1, reason: "r" };
    expect(missingIn(words)).toEqual(["basis"]);
    expect(missingIn({ ...words, basis_kind: "local" })).toEqual([]);
    expect(missingIn(emptyWords())).toEqual(["class_key", "unit_id", "reason", "basis"]);
  });

  it("begins anew from a refused proposal, today at the earliest", () => {
    const row = { class: { key: "2026-matter-06" }, area_code: "", unit_id: 3, valid_from: "2020-01-01", valid_to: null, basis_kind: "law", basis: "b" };
    const refused = { id: "p", row, reason: "r", overlap: "end", case_id: null, case_no: "" };
    expect(wordsAnew(refused as unknown as Parameters<typeof wordsAnew>[0])).toEqual({
      class_key: "2026-matter-06", width: "major", area_code: "", unit_id: 3, valid_from: emptyWords().valid_from, valid_to: null,
      basis_kind: "law", basis: "b", reason: "r", overlap: "end", case_id: null, case_no: "", anew_of: "p",
    });
  });
});

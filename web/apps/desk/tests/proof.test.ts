import { expect, test } from "vitest";

import { standingOf } from "../src/pages/proof/model/places";

const place = (size: number | null, late = false) => ({ name: "b", size, late, signs: false, received_at: null });

test("a second place has everything that is signed, lacks some of it, or has none of it yet", () => {
  expect(standingOf(place(120), 120)).toEqual({ word: "place_whole", tone: "green", count: 0 });
  expect(standingOf(place(100), 120)).toEqual({ word: "place_behind", tone: "", count: 20 });
  expect(standingOf(place(null), 120).word).toBe("place_none");
  expect(standingOf(place(120, true), 120)).toMatchObject({ word: "place_late", tone: "red" });
});

test("nothing is behind while nothing is signed", () => {
  expect(standingOf(place(0), 0).word).toBe("place_whole");
});

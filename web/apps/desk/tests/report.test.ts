import { expect, test } from "vitest";

import { blank, bodyOf, hasWords, lacksOf, LONGEST } from "@desk/pages/report/model/report";

const POINT = { lon: 113.6, lat: 34.7 };
const written = { ...blank("acceptor"), point: POINT, place: " corner ", description: " litter " };

test("a report begins with the channel of whoever writes it", () => {
  expect(["collector", "supervisor", "leader", "acceptor"].map((role) => blank(role).channel)).toEqual(
    ["collector", "supervision", "leader", "hotline"],
  );
});

test("what is missing is said by the server's name of the field", () => {
  expect(lacksOf(blank("acceptor"))).toEqual({ lon: "need_point", place: "need_place", description: "need_description" });
  expect(lacksOf({ ...written, description: "x".repeat(LONGEST + 1) })).toEqual({ description: "too_long" });
  expect(lacksOf(written)).toEqual({});
});

test("only what was written is sent, without the blanks around it", () => {
  expect(bodyOf(written, POINT)).toEqual({ channel: "hotline", ...POINT, place: "corner", description: "litter", pictures: [] });
});

test("a sender is sent as soon as one word about them stands there", () => {
  const contact = { name: "", phone: "138", wants_answer: true, keep_secret: false, by_call: false };
  expect(bodyOf({ ...written, phone: " 138 ", wantsAnswer: true }, POINT).contact).toEqual(contact);
});

test("a form that nobody has touched holds no words", () => {
  expect(hasWords(blank("acceptor"))).toBe(false);
  expect(hasWords({ ...blank("acceptor"), name: "Wang" })).toBe(true);
});

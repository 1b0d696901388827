import { describe, expect, it } from "vitest";

import { dayAfter, daysOf, lengthOf, spansOf } from "@desk/pages/holidays/model/spans";

const off = (on: string, name = "New Year") => ({ on, worked: false, name });

describe("the days of a year", () => {
  it("are read as holidays from a day to a day, workdays apart", () => {
    const days = [off("2027-01-02"), off("2027-01-01"), { on: "2027-01-03", worked: true, name: "New Year" }, off("2027-02-28", "A"), off("2027-03-01", "A"), off("2027-03-02", "B")];
    expect(spansOf(days)).toEqual([
      { name: "New Year", first: "2027-01-01", last: "2027-01-02", worked: false },
      { name: "New Year", first: "2027-01-03", last: "2027-01-03", worked: true },
      { name: "A", first: "2027-02-28", last: "2027-03-01", worked: false },
      { name: "B", first: "2027-03-02", last: "2027-03-02", worked: false },
    ]);
    expect(spansOf(daysOf(spansOf(days)))).toEqual(spansOf(days));
  });

  it("are one day where no end is named, and none where the end comes first or nothing is filled in", () => {
    const span = { name: " A ", first: "2027-05-01", last: "", worked: false };
    expect(daysOf([span, { ...span, first: "" }])).toEqual([off("2027-05-01", "A")]);
    expect([lengthOf(span), lengthOf({ ...span, last: "2027-04-30" }), lengthOf({ ...span, last: "2036-01-01" })]).toEqual([1, 0, 31]);
    expect([dayAfter("2027-02-28"), dayAfter("2027-12-31")]).toEqual(["2027-03-01", "2028-01-01"]);
  });
});

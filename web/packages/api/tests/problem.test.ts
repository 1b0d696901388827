import { expect, test } from "vitest";

import { Problem } from "../src/problem";

const body = { code: "x.y.z", status: 422, title: "t", title_zh: "zh", title_en: "en" };

test("a problem speaks the language of the screen", () => {
  expect(new Problem(body).text("zh")).toBe("zh");
  expect(new Problem(body).text("en")).toBe("en");
  expect(new Problem({ code: "x", status: 500, title: "only" }).text("en")).toBe("only");
});

test("words stand beside the field at fault, whatever the server calls it", () => {
  expect(new Problem({ ...body, field: "address" }).byField("zh")).toEqual({ place: "zh" });
  const errors = [{ field: "body.report.lat", message: "too large" }, { field: "body.report.contact.phone", message: "long" }];
  expect(new Problem({ ...body, field: "body.report.lat", details: { errors } }).byField("en"))
    .toEqual({ lon: "too large", phone: "long" });
});

test("a network that is away is known as such", () => {
  expect(new Problem({ code: "network.unreachable", status: 0, title: "" }).offline).toBe(true);
  expect(new Problem(body).offline).toBe(false);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { areaOf, boundsOf, formatPoint, isInside, labelPoint, parsePoint } from "../src";

describe("coordinates as people type them", () => {
  test.each([
    ["113.6654, 34.757", { lon: 113.6654, lat: 34.757 }],
    ["113.6654 34.757", { lon: 113.6654, lat: 34.757 }],
    ["34.757, 113.6654", { lon: 113.6654, lat: 34.757 }],
    ["(113.6654;34.757)", { lon: 113.6654, lat: 34.757 }],
  ])("%s is understood", (text, point) => {
    expect(parsePoint(text)).toEqual(point);
  });

  test.each(["", "113.66", "1, 2, 3", "nowhere", "200, 300"])("%s is no place", (text) => {
    expect(parsePoint(text)).toBeNull();
  });

  test("what is written is read again to the last digit shown", () => {
    const lon = fc.double({ min: 91, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    fc.assert(fc.property(lon, lat, (x, y) => {
      const read = parsePoint(formatPoint({ lon: x, lat: y }));
      expect(read?.lon).toBeCloseTo(x, 5);
      expect(read?.lat).toBeCloseTo(y, 5);
    }));
  });

  test("a place on the edge of the bounds is inside", () => {
    expect(isInside({ lon: 113, lat: 34 }, [113, 34, 114, 35])).toBe(true);
    expect(isInside({ lon: 112.999999, lat: 34 }, [113, 34, 114, 35])).toBe(false);
  });
});

describe("where the name of an area stands", () => {
  const square = (x: number, y: number, side: number) => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];

  test("in the middle of a square", () => {
    const middle = labelPoint({ type: "Polygon", coordinates: [square(113, 34, 2)] });
    expect(middle?.[0]).toBeCloseTo(114, 9);
    expect(middle?.[1]).toBeCloseTo(35, 9);
  });

  test("in the largest part of several", () => {
    const middle = labelPoint({ type: "MultiPolygon", coordinates: [[square(0, 0, 1)], [square(10, 10, 4)]] });
    expect(middle?.[0]).toBeCloseTo(12, 9);
  });

  test("the area does not depend on where the ring lies", () => {
    const place = fc.double({ min: -80, max: 80, noNaN: true });
    fc.assert(fc.property(place, place, (x, y) => {
      expect(areaOf(square(x, y, 2))).toBeCloseTo(4, 6);
    }));
  });

  test("a line has no middle of its own", () => {
    expect(labelPoint({ type: "LineString", coordinates: [[0, 0], [1, 1]] })).toBeNull();
  });
});

describe("the box around a shape", () => {
  test.each([
    [{ type: "Polygon" as const, coordinates: [[[1, 2], [3, 2], [3, 5], [1, 2]]] }, [1, 2, 3, 5]],
    [{ type: "MultiPolygon" as const, coordinates: [[[[1, 2], [3, 2], [3, 5], [1, 2]]], [[[-1, 0], [0, 0], [0, 1], [-1, 0]]]] }, [-1, 0, 3, 5]],
    [{ type: "Point" as const, coordinates: [1, 2] }, [1, 2, 1, 2]],
  ])("%o", (shape, bounds) => {
    expect(boundsOf(shape)).toEqual(bounds);
  });
});

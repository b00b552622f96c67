/** Figures: where they lie, and lines with as few points as they need. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { boxOf, distanceToLine, figureOf, isHit, MOST_POINTS, moved, simplified, spotOf } from "conferences/core/figures.js";

const pen = /** @type {const} */ ({ colour: "red", width: "thin" });

test("a figure lies in a box, whichever way it was drawn", () => {
  assert.deepEqual(boxOf({ kind: "line", ...pen, x1: 9, y1: 1, x2: 2, y2: 5 }), { left: 2, top: 1, right: 9, bottom: 5 });
  assert.deepEqual(boxOf({ kind: "stroke", ...pen, points: [3, 8, 1, 9] }), { left: 1, top: 8, right: 3, bottom: 9 });
  assert.deepEqual(boxOf({ kind: "text", ...pen, x: 4, y: 5, text: "x" }), { left: 4, top: 5, right: 4, bottom: 5 });
});

test("what is moved there and back is where it was", () => {
  for (const figure of [figureOf({ kind: "arrow", ...pen, points: [1, 2, 30, 40] }), figureOf({ kind: "stroke", ...pen, points: [1, 2, 3, 4] })])
    assert.deepEqual(moved(moved(figure, { dx: 5, dy: -2 }), { dx: -5, dy: 2 }), figure);
});

test("a straight line needs its ends alone, and a corner stays", () => {
  const straight = Array.from({ length: 100 }, (_, index) => [index * 50, index * 20]).flat();
  assert.deepEqual(simplified(straight), [0, 0, 4950, 1980]);
  assert.deepEqual(simplified([0, 0, 500, 3, 1000, 0, 1000, 500, 1000, 1000]), [0, 0, 1000, 0, 1000, 1000]);
  assert.deepEqual(simplified([7, 7]), [7, 7]);
});

test("a circle stays a circle, with fewer points", () => {
  const circle = Array.from({ length: 720 }, (_, index) => {
    const angle = (index * Math.PI) / 360;
    return [Math.round(5000 + 2000 * Math.cos(angle)), Math.round(5000 + 2000 * Math.sin(angle))];
  }).flat();
  const fewer = simplified(circle);
  assert.ok(fewer.length > 40 && fewer.length < 200, String(fewer.length));
  for (let index = 0; index < fewer.length; index += 2)
    assert.ok(Math.abs(Math.hypot((fewer[index] ?? 0) - 5000, (fewer[index + 1] ?? 0) - 5000) - 2000) < 2);
});

test("however wildly somebody scribbles, the server takes it", () => {
  const scribble = Array.from({ length: 40_000 }, (_, index) => (index * 7919) % 10_001);
  const fewer = simplified(scribble);
  assert.ok(fewer.length <= 2 * MOST_POINTS && fewer.length % 2 === 0);
  assert.deepEqual(fewer.slice(0, 2), scribble.slice(0, 2));
});

test("a place beside the page is one at its edge", () => {
  assert.deepEqual(spotOf({ x: -0.2, y: 1.7 }), { x: 0, y: 10_000 });
  assert.deepEqual(spotOf({ x: 0.12345, y: 0.5 }), { x: 1235, y: 5_000 });
});

test("beyond its end a line is as far away as its end", () => {
  assert.equal(distanceToLine({ x: 13, y: 4 }, { x: 0, y: 0 }, { x: 10, y: 0 }), 5);
  assert.equal(distanceToLine({ x: 5, y: 4 }, { x: 0, y: 0 }, { x: 10, y: 0 }), 4);
  assert.equal(distanceToLine({ x: 3, y: 4 }, { x: 0, y: 0 }, { x: 0, y: 0 }), 5);
});

test("lines are hit near them, what encloses something also within", () => {
  const near = { reach: 60, ratio: 2 };
  const line = figureOf({ kind: "line", ...pen, points: [0, 0, 10_000, 10_000] });
  assert.equal(isHit(line, { x: 5_000, y: 5_100 }, near), true);
  assert.equal(isHit(line, { x: 5_000, y: 5_400 }, near), false);
  const box = figureOf({ kind: "rectangle", ...pen, points: [1_000, 1_000, 3_000, 3_000] });
  assert.deepEqual([{ x: 2_000, y: 2_000 }, { x: 4_000, y: 2_000 }].map((spot) => isHit(box, spot, near)), [true, false]);
  const stroke = figureOf({ kind: "stroke", ...pen, points: [0, 0, 0, 5_000, 5_000, 5_000] });
  assert.deepEqual([{ x: 30, y: 2_500 }, { x: 2_500, y: 5_050 }, { x: 2_500, y: 2_500 }].map((spot) => isHit(stroke, spot, near)), [true, true, false]);
  assert.equal(isHit(figureOf({ kind: "stroke", ...pen, points: [7, 7] }), { x: 10, y: 10 }, near), true);
});

test("a pen in motion draws what it will be", () => {
  assert.deepEqual(figureOf({ kind: "rectangle", ...pen, points: [1, 2, 5, 5, 3, 4] }), { kind: "rectangle", ...pen, x1: 1, y1: 2, x2: 3, y2: 4 });
});

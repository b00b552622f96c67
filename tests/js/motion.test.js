/** Pens and pointers in motion. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Motions } from "conferences/core/motion.js";

const place = { document: "plans", page: 1 };
/** @typedef {import("conferences/core/messages.js").PenMoved} PenMoved */

/**
 * @param {number[]} points
 * @param {Partial<PenMoved>} more
 */
const pen = (points, more = {}) => ({
  participant: "bob",
  move: /** @type {PenMoved} */ ({ type: "pen.moved", ...place, shape: "s1", kind: "stroke", colour: "red", width: "thin", points, ...more }),
});
const pointer = (/** @type {number} */ x) => ({ participant: "bob", move: { type: /** @type {const} */ ("pointer.moved"), ...place, x, y: 1 } });

test("a stroke grows by what is told of it, on its page alone", () => {
  const motions = new Motions();
  motions.take(pen([1, 1]), 0);
  motions.take(pen([2, 2, 3, 3]), 50);
  const [drawn] = motions.figures(place);
  assert.deepEqual(drawn?.figure, { kind: "stroke", colour: "red", width: "thin", points: [1, 1, 2, 2, 3, 3] });
  assert.deepEqual(motions.figures({ ...place, page: 2 }), []);
});

test("a line is where it began and where it is now", () => {
  const motions = new Motions();
  for (const points of [[1, 1], [5, 5], [9, 2]]) motions.take(pen(points, { kind: "line" }), 0);
  assert.deepEqual(motions.figures(place)[0]?.figure, { kind: "line", colour: "red", width: "thin", x1: 1, y1: 1, x2: 9, y2: 2 });
});

test("what is finished does not move again, though signals come late", () => {
  const motions = new Motions();
  motions.take(pen([1, 1]), 0);
  motions.settle("s1");
  motions.take(pen([2, 2]), 50);
  assert.deepEqual(motions.figures(place), []);
});

test("who falls silent is forgotten, the pointer first", () => {
  const motions = new Motions();
  motions.take(pen([1, 1]), 0);
  motions.take(pointer(7), 0);
  assert.equal(motions.pointers(place)[0]?.x, 7);
  assert.equal(motions.expire(2_000), true);
  assert.deepEqual([motions.pointers(place).length, motions.figures(place).length], [0, 1]);
  assert.equal(motions.expire(6_000), false);
  assert.deepEqual(motions.figures(place), []);
});

test("who left points and draws no more", () => {
  const motions = new Motions();
  motions.take(pen([1, 1]), 0);
  motions.take(pointer(7), 0);
  motions.forget("bob");
  assert.equal(motions.expire(0), false);
});

test("a pen that is never put away does not grow for ever", () => {
  const motions = new Motions();
  const wild = Array.from({ length: 400 }, (_, index) => (index * 7_919) % 10_000);
  for (let told = 0; told < 100; told += 1) motions.take(pen(wild), told);
  const [drawn] = motions.figures(place);
  assert.ok(drawn && "points" in drawn.figure && drawn.figure.points.length <= 8_000);
});

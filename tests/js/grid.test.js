/** The geometry of the stage. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { arrange, grid } from "conferences/core/grid.js";

const SIZES = [{ width: 1600, height: 760 }, { width: 1280, height: 600 }, { width: 390, height: 640 }, { width: 844, height: 300 }];
const stage = (/** @type {number} */ count) => Array.from({ length: count }, (_, index) => `camera:p${index}`);
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

test("tiles of every count lie inside the stage and apart from each other", () => {
  for (const size of SIZES)
    for (let count = 1; count <= 25; count += 1) {
      const boxes = grid({ count, area: { x: 0, y: 0, ...size }, gap: 8 });
      assert.equal(boxes.length, count);
      for (const box of boxes) assert.ok(inside(box, size), `${count} in ${size.width}`);
      for (const [index, box] of boxes.entries())
        for (const other of boxes.slice(index + 1)) assert.ok(apart(box, other), `${count} in ${size.width}`);
    }
});

test("tiles fill the stage well", () => {
  for (const size of SIZES)
    for (let count = 2; count <= 25; count += 1) {
      const boxes = grid({ count, area: { x: 0, y: 0, ...size }, gap: 8 });
      const filled = boxes.reduce((sum, box) => sum + box.width * box.height, 0) / (size.width * size.height);
      assert.ok(filled > 0.5, `${count} tiles fill ${filled.toFixed(2)} of ${size.width}x${size.height}`);
    }
});

test("the last row is centred", () => {
  const [, , last] = grid({ count: 3, area: { x: 0, y: 0, width: 800, height: 600 }, gap: 0 });
  assert.ok(last && Math.abs(last.x + last.width / 2 - 400) < 1);
});

test("a strip lies beside a wide stage and below a tall one", () => {
  const plan = { stage: ["screen:a"], strip: stage(5), float: "", hidden: 0 };
  const wide = arrange({ plan, width: 1600, height: 760 });
  const tall = arrange({ plan, width: 390, height: 640 });
  assert.ok(at(wide, "camera:p0").x > at(wide, "screen:a").width);
  assert.ok(at(tall, "camera:p0").y > at(tall, "screen:a").height);
  assert.ok(at(wide, "screen:a").width * at(wide, "screen:a").height > 0.7 * 1600 * 760);
});

test("one's own picture floats over the other's", () => {
  const placed = arrange({ plan: { stage: ["camera:b"], strip: [], float: "camera:a", hidden: 0 }, width: 1000, height: 600 });
  assert.deepEqual({ ...at(placed, "camera:b"), place: "" }, { x: 0, y: 0, width: 1000, height: 600, place: "" });
  assert.ok(inside(at(placed, "camera:a"), { width: 1000, height: 600 }));
});

/**
 * @param {Map<string, Box & {place: string}>} placed
 * @param {string} key
 */
function at(placed, key) {
  const box = placed.get(key);
  assert.ok(box);
  return box;
}

/**
 * @param {Box} box
 * @param {{width: number, height: number}} size
 */
function inside({ x, y, width, height }, size) {
  return x > -0.01 && y > -0.01 && width > 0 && x + width < size.width + 0.01 && y + height < size.height + 0.01;
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function apart(one, other) {
  const beside = one.x + one.width <= other.x + 0.01 || other.x + other.width <= one.x + 0.01;
  return beside || one.y + one.height <= other.y + 0.01 || other.y + other.height <= one.y + 0.01;
}

/** Drawing: who may, in which order shapes lie. That both sides agree on facts say the histories. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isOfDrawing, mayChange, mayDraw, pageOf, shapeOf } from "conferences/core/board.js";
import { evolve } from "conferences/core/state.js";

import { alice, bob, participant, picture } from "./house.js";

const line = /** @type {const} */ ({ kind: "line", colour: "red", width: "thin", x1: 0, y1: 0, x2: 9, y2: 9 });
const place = { document: "plans", page: 1 };
const people = { alice: alice(), bob: bob(), carol: participant({ id: "carol", role: "waiting" }) };
const shape = (/** @type {string} */ id, /** @type {number} */ z, by = "bob") => ({ id, z, participant: by, figure: line });

test("presenters draw, and others when they may, but never who waits", () => {
  const who = (/** @type {"presenters" | "everyone"} */ drawers) =>
    ["alice", "bob", "carol", "gone"].filter((id) => mayDraw(picture({ participants: people, drawers }), id));
  assert.deepEqual(who("presenters"), ["alice"]);
  assert.deepEqual(who("everyone"), ["alice", "bob"]);
  assert.equal(mayDraw(null, "alice"), false);
});

test("one changes one's own, and presenters all", () => {
  const open = picture({ participants: people, drawers: "everyone" });
  assert.deepEqual(["bob", "alice"].map((by) => mayChange(open, "bob", shape("s", 1, by))), [true, false]);
  assert.equal(mayChange(open, "alice", shape("s", 1)), true);
  assert.equal(mayChange({ ...open, drawers: "presenters" }, "bob", shape("s", 1)), false);
});

test("what is restored lies where it lay", () => {
  const drawings = { plans: { 1: [shape("zebra", 3), shape("7", 9)] } };
  const then = evolve(picture({ drawings }), { type: "shapes.restored", at: 1, ...place, shapes: [shape("apple", 5)], by: "bob" });
  assert.deepEqual(pageOf(then, place).map(({ id }) => id), ["zebra", "apple", "7"]);
  assert.equal(shapeOf(then, { ...place, shape: "apple" })?.z, 5);
  assert.equal(shapeOf(then, { ...place, page: 2, shape: "apple" }), undefined);
});

test("a page stays the same object until something on it changes", () => {
  const before = evolve(picture(), { type: "shape.added", at: 1, ...place, shape: "s1", participant: "bob", figure: line });
  const after = evolve(before, { type: "shape.added", at: 1, ...place, page: 2, shape: "s1", participant: "bob", figure: line });
  assert.equal(pageOf(before, place), pageOf(after, place));
  assert.equal(pageOf(null, place), pageOf(picture(), place));
});

test("what only draws needs nothing else drawn anew", () => {
  assert.deepEqual(["shape.added", "shapes.moved"].map((type) => isOfDrawing(/** @type {any} */ (type))), [true, true]);
  assert.equal(isOfDrawing("board.permitted"), false);
});

/** What one asks of an agenda. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { currentItem, leftOf, moved, nextItem } from "conferences/core/agenda.js";

const items = [
  { id: 4, title: "Welcome", minutes: 5, done: true },
  { id: 9, title: "Budget", minutes: 0, done: true },
  { id: 2, title: "Plans", minutes: 10, done: false },
];

test("the first open item is next at first, then the first open one after the current", () => {
  assert.equal(nextItem({ items, current: 0, since: 0 })?.id, 2);
  assert.equal(nextItem({ items, current: 4, since: 1 })?.id, 2);
  assert.equal(nextItem({ items, current: 2, since: 1 }), undefined);
});

test("an item with minutes has time left, and later less than none", () => {
  const agenda = { items, current: 2, since: 1_000 };
  assert.equal(leftOf(agenda, 61_000), 540_000);
  assert.equal(leftOf(agenda, 661_000), -60_000);
});

test("an item without minutes, or none, takes as long as it takes", () => {
  assert.equal(leftOf({ items, current: 9, since: 1_000 }, 2_000), null);
  assert.equal(leftOf({ items, current: 0, since: 0 }, 2_000), null);
  assert.equal(currentItem({ items, current: 0, since: 0 }), undefined);
});

test("an item is moved up, down and never out", () => {
  assert.deepEqual(moved(["a", "b", "c"], 2, 0), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, -1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 1, 9), ["a", "c", "b"]);
  assert.deepEqual(moved(["a"], 3, 0), ["a"]);
});

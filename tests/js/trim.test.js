import assert from "node:assert/strict";
import { test } from "node:test";

import { leftOut, lengthLeft, played, proposed, readTime, writeTime } from "recording/core/trim.js";

test("times are read as people write them", () => {
  assert.deepEqual(["0:05", "90", "1:02:03", "62:03", " 0:01.5 ", "0:01,05"].map(readTime), [5_000, 90_000, 3_723_000, 3_723_000, 1_500, 1_050]);
  assert.deepEqual(["", "soon", "1:", "-5", "1:2:3:4", "0:01."].map(readTime), Array(6).fill(null));
});

test("times are written as they are read", () => {
  assert.deepEqual([0, 61_000, 61_500, 3_723_025].map(writeTime), ["0:00", "1:01", "1:01.5", "1:02:03.025"]);
  for (const time of [0, 999, 60_000, 3_599_999, 36_000_001]) assert.equal(readTime(writeTime(time)), time);
});

test("what is left out is in order and does not overlap", () => {
  const cuts = [{ begin: 20, end: 30 }, { begin: 5, end: 12 }, { begin: 28, end: 35 }, { begin: 50, end: 50 }];
  const out = leftOut({ begin: 10, end: 90 }, cuts, 100);
  assert.deepEqual(out, [{ begin: 0, end: 12 }, { begin: 20, end: 35 }, { begin: 90, end: 100 }]);
  assert.equal(lengthLeft(out, 100), 63);
});

test("moments are played when what is left out before is over", () => {
  const out = [{ begin: 0, end: 10 }, { begin: 20, end: 30 }];
  assert.deepEqual([0, 5, 10, 15, 25, 30, 40].map((time) => played(time, out)), [0, 0, 0, 5, 10, 10, 20]);
});

test("a cut is proposed in the middle, in whole seconds", () => {
  assert.deepEqual(proposed({ begin: 0, end: 100_000 }), { begin: 45_000, end: 55_000 });
});

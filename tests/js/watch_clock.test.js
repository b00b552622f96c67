import assert from "node:assert/strict";
import { test } from "node:test";

import { afterSilence, clockText, momentOf, steer } from "streaming/core/clock.js";

test("a picture that is nearly right is left alone", () => {
  for (const drift of [0, 0.05, -0.08]) assert.deepEqual(steer({ drift, rate: 1, playing: true }), { rate: 1, leap: false });
});

test("a late picture hurries a little, an early one dawdles, at every speed", () => {
  assert.deepEqual(steer({ drift: 0.2, rate: 1, playing: true }), { rate: 1.03, leap: false });
  assert.deepEqual(steer({ drift: -0.2, rate: 2, playing: true }), { rate: 1.94, leap: false });
});

test("a picture that is far off leaps", () => {
  assert.deepEqual(steer({ drift: 0.5, rate: 1.5, playing: true }), { rate: 1.5, leap: true });
  assert.equal(steer({ drift: -3, rate: 1, playing: true }).leap, true);
});

test("while nothing plays a picture leaps to where it should be", () => {
  assert.equal(steer({ drift: 0.1, rate: 1, playing: false }).leap, true);
  assert.equal(steer({ drift: 0.01, rate: 1, playing: false }).leap, false);
});

const TALKS = [
  { from_ms: 1_000, to_ms: 4_000 },
  { from_ms: 10_000, to_ms: 12_000 },
];

test("silence is left out up to shortly before somebody speaks", () => {
  assert.equal(afterSilence(TALKS, 5_000), 9_700);
  assert.equal(afterSilence(TALKS, 2_000), 2_000);
  assert.equal(afterSilence(TALKS, 4_200), 4_200, "a breath after a word is no silence");
  assert.equal(afterSilence(TALKS, 8_000), 8_000, "a short one is kept");
  assert.equal(afterSilence(TALKS, 13_000), 13_000, "nobody speaks any more");
});

test("moments are read from links as people write them", () => {
  for (const [text, ms] of /** @type {const} */ ([["83", 83_000], ["83s", 83_000], ["1:23", 83_000], ["1m23s", 83_000], ["1:00:05", 3_605_000], ["1h", 3_600_000]]))
    assert.equal(momentOf(text), ms, text);
  for (const text of ["", null, "x", "-5", "1:2:3:4", "1e9", "9".repeat(30)]) assert.equal(momentOf(text), null);
});

test("moments are written as on a clock", () => {
  assert.deepEqual([0, 59_999, 83_000, 3_605_000].map(clockText), ["0:00", "0:59", "1:23", "1:00:05"]);
});

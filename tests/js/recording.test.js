/** How long a recording is, and what else the page makes of it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { recordedMs } from "conferences/core/recording.js";

const recording = /** @type {const} */ ({
  id: 7,
  parts: [],
  started_at: 1_000,
  status: "recording",
  paused_at: 0,
  paused_ms: 0,
  live: false,
  reduced: false,
  ran_over: false,
});

test("it grows while it runs", () => assert.equal(recordedMs(recording, 61_000), 60_000));

test("what was paused is not on it", () => assert.equal(recordedMs({ ...recording, paused_ms: 20_000 }, 61_000), 40_000));

test("it stands still while it is paused", () =>
  assert.equal(recordedMs({ ...recording, paused_at: 31_000, paused_ms: 20_000 }, 61_000), 10_000));

test("a clock that lags behind the server's shows nothing below zero", () => assert.equal(recordedMs(recording, 500), 0));

import assert from "node:assert/strict";
import { test } from "node:test";

import { encodings, sizes } from "conferences/media/layers.js";

/** @param {{lines: number, layers: number}} picture */
const scales = (picture) => sizes(picture).map(({ active, scaleResolutionDownBy }) => (active ? scaleResolutionDownBy : 0));

test("a large camera is sent in three sizes, the smallest first", () => {
  assert.deepEqual(scales({ lines: 720, layers: 3 }), [4, 2, 1]);
});

test("a small camera is sent in fewer sizes, but always as sharp as it is", () => {
  assert.deepEqual(scales({ lines: 480, layers: 3 }), [2, 1, 0]);
  assert.deepEqual(scales({ lines: 240, layers: 3 }), [1, 0, 0]);
});

test("a phone sends two sizes", () => {
  assert.deepEqual(encodings({ phone: true }).map(({ rid }) => rid), ["q", "h"]);
  assert.deepEqual(scales({ lines: 720, layers: 2 }), [4, 4 / 3]);
  assert.deepEqual(scales({ lines: 480, layers: 2 }), [2, 1]);
});

test("every layer has its name and a limit", () => {
  assert.deepEqual(encodings({ phone: false }).map(({ rid }) => rid), ["q", "h", "f"]);
  assert.ok(encodings({ phone: false }).every(({ active, maxBitrate }) => active && maxBitrate));
});

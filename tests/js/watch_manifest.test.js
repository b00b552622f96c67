import assert from "node:assert/strict";
import { test } from "node:test";

import { chapterAt, edgeOf, found, trackAt } from "streaming/core/manifest.js";

const track = (/** @type {number} */ from_ms, /** @type {number} */ to_ms) =>
  ({ participant: "p1", source: /** @type {const} */ ("camera"), file: `${from_ms}`, from_ms, to_ms, width: 1, height: 1 });

test("a live recording reaches as far as its sound", () => {
  const audio = { init: "", segments: 3, segment_ms: 2_048, codec: "" };
  const manifest = /** @type {any} */ ({ ended: false, length_ms: 9_999, audio });
  assert.equal(edgeOf(manifest), 6_144);
  assert.equal(edgeOf({ ...manifest, ended: true }), 9_999);
});

test("a camera that was off is shown by no track", () => {
  const tracks = [track(0, 10_000), track(20_000, 30_000)];
  assert.equal(trackAt(tracks, "camera:p1", 9_999)?.file, "0");
  assert.equal(trackAt(tracks, "camera:p1", 10_000), null);
  assert.equal(trackAt(tracks, "camera:p1", 20_000)?.file, "20000");
  assert.equal(trackAt(tracks, "screen:p1", 5), null);
});

test("a moment is in the chapter that began last", () => {
  const chapters = [0, 5_000].map((t) => ({ t, kind: "slide", title: `${t}` }));
  assert.equal(chapterAt(chapters, 4_999)?.t, 0);
  assert.equal(chapterAt(chapters, 5_000)?.t, 5_000);
  assert.equal(chapterAt([], 5), null);
});

test("words are found in any order, case and accent", () => {
  const search = ["Crème brûlée", "Archers draw bows", "Bows"].map((text, t) => ({ t, kind: /** @type {const} */ ("chat"), text }));
  assert.deepEqual(found(search, "creme").map(({ t }) => t), [0]);
  assert.deepEqual(found(search, "BOW draw").map(({ t }) => t), [1]);
  assert.deepEqual(found(search, "  "), []);
  assert.deepEqual(found(search, "(.*"), []);
});

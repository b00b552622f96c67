/** Which tiles are shown, and where in importance. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { plan } from "conferences/core/layout.js";
import { nextSpeaker } from "conferences/core/speaker.js";

import { alice, bob, crowd, participant } from "./house.js";

const wish = { you: "alice", pinned: "", speaker: "", mode: /** @type {const} */ ("grid"), limit: 25 };
const carol = participant({ id: "carol" });

test("alone, one sees oneself", () => {
  assert.deepEqual(plan({ ...wish, people: [alice()] }), { stage: ["camera:alice"], strip: [], float: "", hidden: 0 });
});

test("two people face each other", () => {
  const two = plan({ ...wish, people: [alice(), bob()] });
  assert.deepEqual([two.stage, two.float], [["camera:bob"], "camera:alice"]);
});

test("a shared screen is large, everyone else beside it", () => {
  const shared = plan({ ...wish, people: [alice(), bob({ screen: true }), carol] });
  assert.deepEqual([shared.stage, shared.strip], [["screen:bob"], ["camera:alice", "camera:bob", "camera:carol"]]);
});

test("a document is large, screens and people beside it", () => {
  const shown = plan({ ...wish, slides: true, people: [alice(), bob({ screen: true })] });
  assert.deepEqual([shown.stage, shown.strip], [["slides"], ["screen:bob", "camera:alice", "camera:bob"]]);
});

test("beside what was pinned, the document comes first", () => {
  const pinned = plan({ ...wish, slides: true, pinned: "camera:bob", people: [alice(), bob()] });
  assert.deepEqual([pinned.stage, pinned.strip], [["camera:bob"], ["slides", "camera:alice"]]);
});

test("what was pinned goes before a screen", () => {
  const pinned = plan({ ...wish, pinned: "camera:carol", people: [alice(), bob({ screen: true }), carol] });
  assert.deepEqual([pinned.stage, pinned.strip], [["camera:carol"], ["screen:bob", "camera:alice", "camera:bob"]]);
});

test("a pin on somebody who left is no pin", () => {
  assert.equal(plan({ ...wish, pinned: "camera:zoe", people: [alice(), bob(), carol] }).stage.length, 3);
});

test("in speaker view the speaker is large", () => {
  const people = [alice(), bob(), carol];
  assert.deepEqual(plan({ ...wish, mode: "speaker", speaker: "carol", people }).stage, ["camera:carol"]);
  assert.deepEqual(plan({ ...wish, mode: "speaker", people }).stage, ["camera:bob"]);
});

test("of too many, oneself and who speaks are shown, and the order stays", () => {
  const big = plan({ ...wish, you: "p29", speaker: "p20", limit: 4, people: crowd(30) });
  assert.deepEqual(big.stage, ["camera:p0", "camera:p20", "camera:p29", "more"]);
  assert.equal(big.hidden, 27);
});

test("a strip holds a dozen tiles, however many people there are", () => {
  const { stage, strip, hidden } = plan({ ...wish, mode: "speaker", speaker: "p3", people: crowd(40) });
  assert.deepEqual([stage, strip.length, strip.at(-1), hidden], [["camera:p3"], 11, "more", 29]);
});

test("the floor is kept through a breath, and taken from who is silent", () => {
  const bobSpeaks = { id: "bob", since: 1_000 };
  const told = { speaker: bobSpeaks, levels: { carol: 7 }, you: "alice" };
  assert.equal(nextSpeaker({ ...told, now: 2_000 }).id, "bob");
  assert.equal(nextSpeaker({ ...told, now: 2_600 }).id, "carol");
  assert.equal(nextSpeaker({ ...told, levels: { alice: 9 }, now: 9_000 }).id, "bob");
});

test("who is in the spotlight is large beside screens, unless one pinned somebody else", () => {
  const people = crowd(4);
  const wish = { people, you: "p0", pinned: "", spotlight: "p2", speaker: "p1", mode: /** @type {const} */ ("grid"), limit: 9 };
  assert.deepEqual(plan(wish).stage, ["camera:p2"]);
  assert.deepEqual(plan({ ...wish, pinned: "camera:p3" }).stage, ["camera:p3"]);
  assert.deepEqual(plan({ ...wish, spotlight: "gone" }).strip, []);
});

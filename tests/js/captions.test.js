/** Which lines are to be read, and when one that is being typed is sent. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { captionText, isGoing, shownLines, split } from "conferences/core/captions.js";

const line = (/** @type {number} */ at) => ({ id: at, at, participant: "bob", speaker: "", text: `said at ${at}` });

test("the last two lines are shown, for a while", () => {
  const lines = [line(1_000), line(2_000), line(3_000)];
  assert.deepEqual(shownLines(lines, 3_000).map(({ at }) => at), [2_000, 3_000]);
  assert.deepEqual(shownLines(lines, 10_000).map(({ at }) => at), [3_000]);
  assert.deepEqual(shownLines(lines, 11_000), []);
  assert.deepEqual([9_000, 10_500].map((now) => isGoing(line(3_000), now)), [false, true]);
});

test("who speaks is named where that is known", () => {
  assert.equal(captionText({ speaker: "", text: "Hello" }), "Hello");
  assert.equal(captionText({ speaker: "Carol", text: "Hello" }), "Carol: Hello");
});

test("a long line is sent up to its last whole word", () => {
  assert.deepEqual(split("Good morning"), { ready: "", rest: "Good morning" });
  const words = "one two three four five six seven eight nine ten eleven twelve thirteen fou";
  assert.deepEqual(split(words), { ready: words.slice(0, -4), rest: "fou" });
  assert.deepEqual(split("x".repeat(80)), { ready: "x".repeat(80), rest: "" });
});

/** The order of questions. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { sorted } from "conferences/core/questions.js";

/** @param {number} id @param {string[]} votes @param {boolean} answered */
const question = (id, votes = [], answered = false) => ({ id, at: 1, participant: "bob", name: "Bob", text: "?", votes, answered, reply: "" });

test("open questions come first, then those with most votes, then the older", () => {
  const questions = [question(1, ["a", "b"], true), question(2), question(3, ["a"]), question(4, ["a"])];
  assert.deepEqual(sorted(questions).map(({ id }) => id), [3, 4, 2, 1]);
});

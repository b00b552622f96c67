/** What is true after a fact, in the browser. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { evolve } from "conferences/core/state.js";

import { alice, bob, picture } from "./house.js";

const tea = picture({ seq: 4, participants: { alice: alice(), bob: bob() } });

test("an event that one may not hear only counts", () => {
  assert.deepEqual(evolve(tea, null), { ...tea, seq: 5 });
});

test("the picture before stays as it was", () => {
  const copy = structuredClone(tea);
  evolve(tea, { type: "camera.started", at: 9, participant: "bob" });
  assert.deepEqual(tea, copy);
});

test("a hand keeps the number of the event that raised it", () => {
  assert.equal(evolve(tea, { type: "hand.raised", at: 9, participant: "bob" }).participants.bob?.hand, 5);
});

test("a line of chat is numbered by its event, and only so many are kept", () => {
  let room = tea;
  for (let line = 0; line < 501; line += 1)
    room = evolve(room, { type: "chat.sent", at: line, participant: "bob", name: "Bob", text: "hi" });
  assert.equal(room.chat.length, 500);
  assert.equal(room.chat.at(-1)?.id, 505);
});

test("an event of tomorrow's server is counted and otherwise ignored", () => {
  const strange = /** @type {any} */ ({ type: "séance.opened", at: 1 });
  assert.deepEqual(evolve(tea, strange), { ...tea, seq: 5 });
});

test("who is gone is gone from the picture", () => {
  const after = evolve(tea, { type: "participant.left", at: 1, participant: "bob", reason: "left", by: "" });
  assert.deepEqual(Object.keys(after.participants), ["alice"]);
});

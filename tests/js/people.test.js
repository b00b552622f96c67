/** Questions about a picture's people. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { handPlace, hueOf, initials, presents, roster, waiting } from "conferences/core/people.js";

import { alice, bob, participant, picture } from "./house.js";

const carol = participant({ id: "carol", name: "Carol", hand: 3 });
const dora = participant({ id: "dora", name: "Dora", role: "waiting" });
const room = picture({ participants: { alice: alice(), bob: bob({ hand: 7 }), carol, dora } });

test("hands come first, in the order they were raised", () => {
  assert.deepEqual(roster(room).map(({ id }) => id), ["carol", "bob", "alice"]);
  assert.deepEqual([handPlace(room, "carol"), handPlace(room, "bob"), handPlace(room, "alice")], [1, 2, 0]);
});

test("who waits is not in the room", () => {
  assert.deepEqual(waiting(room), [dora]);
});

test("hosts and presenters present, guests and nobody do not", () => {
  const roles = /** @type {const} */ (["host", "presenter", "guest", "waiting"]);
  assert.deepEqual(roles.map((role) => presents(participant({ role }))), [true, true, false, false]);
  assert.equal(presents(null), false);
});

test("a name has one or two initials, in every script", () => {
  assert.deepEqual(["Ada Lovelace", "bob", "Jean Luc Picard", "محمد علي", "(guest) 7", "🙂", ""].map(initials), [
    "AL", "B", "JP", "مع", "G7", "", "",
  ]);
});

test("a colour stays with its id", () => {
  assert.equal(hueOf("alice"), hueOf("alice"));
  assert.ok(hueOf("alice", 8) < 8);
});

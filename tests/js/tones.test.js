/** Which tone tells what happened. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { toneOf } from "conferences/core/tones.js";

import { alice, bob, crowd, participant, picture } from "./house.js";

const people = { alice: alice(), bob: bob() };
const before = picture({ policy: /** @type {any} */ ({ tones: true }), participants: people });
const waits = participant({ id: "carol", role: "waiting" });

/** @param {Record<string, unknown>} event @param {Partial<Parameters<typeof toneOf>[0]>} more */
const tone = (event, more = {}) =>
  toneOf({ event: /** @type {any} */ ({ participant: "carol", role: "guest", at: 1_000, ...event }), before, you: "alice", now: 1_200, ...more });

test("others who come and go are heard", () => {
  assert.equal(tone({ type: "participant.joined" }), "came");
  assert.equal(tone({ type: "participant.admitted" }), "came");
  assert.equal(tone({ type: "participant.left", participant: "bob" }), "went");
});

test("one does not hear oneself, nor who loses the connection for a moment", () => {
  assert.equal(tone({ type: "participant.joined", participant: "alice" }), "");
  assert.equal(tone({ type: "participant.dropped", participant: "bob" }), "");
  assert.equal(tone({ type: "participant.returned", participant: "bob" }), "");
});

test("hosts alone hear a knock, and nobody hears who goes away from the door", () => {
  assert.equal(tone({ type: "participant.joined", role: "waiting" }), "knock");
  assert.equal(tone({ type: "participant.joined", role: "waiting" }, { you: "bob" }), "");
  assert.equal(tone({ type: "participant.left" }, { before: { ...before, participants: { ...people, carol: waits } } }), "");
});

test("what was missed while one was away makes no sound", () => assert.equal(tone({ type: "participant.joined" }, { now: 9_000 }), ""));

test("a host switches it off for all", () => {
  const quiet = picture({ policy: /** @type {any} */ ({ tones: false }), participants: people });
  assert.equal(tone({ type: "participant.joined" }, { before: quiet }), "");
});

test("in large conferences a knock alone is heard", () => {
  const many = Object.fromEntries(crowd(21).map((person) => [person.id, person]));
  const large = { ...before, participants: { alice: alice(), ...many } };
  assert.equal(tone({ type: "participant.joined" }, { before: large }), "");
  assert.equal(tone({ type: "participant.joined", role: "waiting" }, { before: large }), "knock");
});

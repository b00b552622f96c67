/** Questions about polls, and their answers as a table. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { csv, ownAnswer, seesAnswers, table, tally } from "conferences/core/polls.js";

import { alice, bob, picture } from "./house.js";

/** @param {Partial<import("conferences/core/messages.js").Poll>} is */
const poll = (is = {}) => ({
  id: 7, at: 1, kind: /** @type {const} */ ("multiple"), question: "Lunch?", options: ["Soup", "Pie"], anonymous: false,
  quiz: false, running: true, shared: false, solved: false, right: [], answers: [], ...is,
});
/** @param {number[]} choices */
const answer = (...choices) => ({ participant: "bob", name: "Bob", choices, text: "" });

test("every option is counted, and has its share of those who answered", () => {
  assert.deepEqual(tally(poll({ answers: [answer(0, 1), answer(1)] })), [{ count: 1, share: 0.5 }, { count: 2, share: 1 }]);
  assert.deepEqual(tally(poll({ kind: "yes_no", options: [] })), [{ count: 0, share: 0 }, { count: 0, share: 0 }]);
});

test("guests see answers when they are shared, hosts always", () => {
  assert.equal(seesAnswers(poll(), bob()), false);
  assert.equal(seesAnswers(poll({ shared: true }), bob()), true);
  assert.equal(seesAnswers(poll(), alice()), true);
});

test("one's own answer is found by its poll", () => {
  const room = picture({ ballots: { bob: { 7: answer(1) } } });
  assert.deepEqual(ownAnswer(room, "bob", poll())?.choices, [1]);
  assert.equal(ownAnswer(room, "alice", poll()), undefined);
});

test("answers make a table, and no cell of it is a formula", () => {
  const answers = [answer(0, 1), { participant: "eve", name: "=HYPERLINK(1)", choices: [], text: ' +1 "quoted"\n' }];
  const rows = table(poll({ answers }), { options: ["Soup", "Pie"], heading: ["Name", "Answer"] });
  assert.equal(csv(rows), '\uFEFF"Name","Answer"\r\n"Bob","Soup; Pie"\r\n"\'=HYPERLINK(1)","\' +1 ""quoted""\n"\r\n');
  for (const start of ["=", "+", "-", "@", "\t", "\r", "＝"]) assert.match(csv([[`${start}1`]]), /"'/);
});

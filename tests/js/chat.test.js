/** Questions about lines of the chat, and the chat as a text. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asText, counted, lastOwn, maySendFiles, possible, shortened } from "conferences/core/chat.js";

import { alice, bob, picture } from "./house.js";

/** @typedef {import("conferences/core/messages.js").ChatLine} ChatLine */

/**
 * @param {Partial<ChatLine>} is
 * @returns {ChatLine}
 */
const line = (is = {}) => ({
  id: 1, at: 0, participant: "bob", name: "Bob", text: "Hello", to: "", reply: 0, file: null, edited: false, deleted: false,
  reactions: [], ...is,
});
const file = { id: "f", name: "list.txt", url: "/files/f/", size: 9, width: 0, height: 0 };

test("reactions are counted with who gave them", () => {
  const given = /** @type {const} */ (["heart", "laugh", "heart"]);
  const reactions = given.map((reaction, index) => ({ reaction, participant: `p${index}`, name: `P${index}` }));
  assert.deepEqual(counted(line({ reactions }), "p2"), [
    { reaction: "heart", names: ["P0", "P2"], own: true },
    { reaction: "laugh", names: ["P1"], own: false },
  ]);
});

test("one edits one's own words, and hosts delete any line", () => {
  assert.deepEqual(possible(line(), bob()), { react: true, reply: true, edit: true, copy: true, delete: true });
  assert.deepEqual(possible(line(), alice()), { react: true, reply: true, edit: false, copy: true, delete: true });
  assert.equal(possible(line({ participant: "carol" }), bob()).delete, false);
  assert.equal(possible(line({ file }), bob()).edit, false);
  assert.ok(!Object.values(possible(line({ deleted: true }), alice())).includes(true));
});

test("the last own line is the one to edit", () => {
  const lines = [line(), line({ id: 2 }), line({ id: 3, deleted: true }), line({ id: 4, participant: "alice" })];
  assert.equal(lastOwn(lines, bob())?.id, 2);
  assert.equal(lastOwn([], bob()), undefined);
});

test("the room says who sends files", () => {
  const policy = (/** @type {string} */ who) => /** @type {any} */ ({ ...picture().policy, chat_files: who });
  assert.equal(maySendFiles(policy("everyone"), bob()), true);
  assert.equal(maySendFiles(policy("presenters"), bob()), false);
  assert.equal(maySendFiles(policy("presenters"), alice()), true);
  assert.equal(maySendFiles(policy("nobody"), alice()), false);
});

test("the chat is a text with times, names, answers and files", () => {
  const texts = { line: "[{time}] {name}: {text}", whisper: "[{time}] {name} > {to}: {text}", quote: "> {name}: {text}", file: "file {name}", deleted: "deleted", edited: "{text} (edited)" };
  const lines = [
    line({ id: 3, edited: true }), line({ id: 4, to: "alice", reply: 3, text: "yes" }), line({ id: 5, file, text: "" }), line({ id: 6, deleted: true }),
  ];
  const text = asText(lines, {
    time: String, nameOf: (id) => id,
    text: (name, values) => texts[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? ""),
  });
  assert.equal(text, "[0] Bob: Hello (edited)\n[0] Bob > alice: yes\n    > Bob: Hello (edited)\n[0] Bob: file list.txt\n[0] Bob: deleted");
});

test("a long text is shortened between letters", () => {
  assert.equal(shortened(" a\n b "), "a b");
  assert.equal(shortened("🫖".repeat(200)), `${"🫖".repeat(140)}…`);
});

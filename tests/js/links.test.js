/** Links in what people write. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { pieces } from "conferences/core/links.js";

const shown = (/** @type {string} */ text) => pieces(text).map(({ text, href }) => (href ? `[${text}]` : text)).join("");

test("addresses are links, the sentence around them is text", () => {
  assert.equal(shown("see https://example.org/a?b=c, and (http://x.test/p)."), "see [https://example.org/a?b=c], and ([http://x.test/p]).");
});

test("a bracket that an address opened itself belongs to it", () => {
  assert.equal(shown("https://en.example/Tea_(drink)"), "[https://en.example/Tea_(drink)]");
});

test("what is no web address is never a link", () => {
  for (const text of ["javascript:alert(1)", "data:text/html,x", "<b>bold</b>", "www.example.org", "http://"])
    assert.equal(shown(text), text);
});

test("nothing of the text is lost", () => {
  const text = "a https://x.test b\nhttps://y.test/";
  assert.equal(pieces(text).map((piece) => piece.text).join(""), text);
});

/** What somebody types becomes an address, or nothing. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, hostOf } from "conferences/core/shared_links.js";

test("what lacks a scheme is an address of https", () => {
  assert.equal(addressOf(" example.org/a "), "https://example.org/a");
  assert.equal(addressOf("localhost.example:8000"), "https://localhost.example:8000/");
  assert.equal(addressOf("http://example.org"), "http://example.org/");
});

test("what is no page is nothing", () => {
  for (const typed of ["", "hello", "javascript:alert(1)", "data:text/html,x", "https://me:secret@example.org", "me@example.org"])
    assert.equal(addressOf(typed), "", typed);
});

test("a host is shown as the network knows it", () => {
  assert.equal(hostOf("https://аррӏе.example/"), "xn--80ak6aa92e.example");
  assert.equal(hostOf("nonsense"), "");
});

/** What the scripts ask of the pages, the pages have: parts, templates, words, icons. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);
const SCRIPTS = textOf("conferences/static/conferences/", ".js") + textOf("streaming/static/streaming/", ".js");
const PAGES = textOf("templates/", ".html");
const SPRITE = readFileSync(new URL("conferences/static/conferences/icons.svg", ROOT), "utf-8");
const DRAWN = new Set(namesIn(SPRITE, /<symbol id="([\w-]+)"/g));

/**
 * @param {string} folder
 * @param {string} ending
 */
function textOf(folder, ending) {
  const files = readdirSync(new URL(folder, ROOT), { recursive: true }).map(String);
  return files
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(new URL(folder + name, ROOT), "utf-8"))
    .join("\n");
}

/**
 * @param {string} text
 * @param {RegExp} pattern whose first group is a name
 */
function namesIn(text, pattern) {
  return [...text.matchAll(pattern)].map(([, name]) => name ?? "");
}

const ASKED = [
  { what: "part", asked: /\b(?:part|levelOn)\("([\w-]+)"/g, attributes: ["data-part", "meter", "count"] }, // the last two: given to an include
  { what: "template", asked: /\bmade\("([\w-]+)"/g, attributes: ["data-template"] },
  { what: "words", asked: /\b(?:words|say|iconOf)\("(\w+)"/g, attributes: ["data-words"] },
];

for (const { what, asked, attributes } of ASKED)
  test(`every ${what} that a script asks for is in a page`, () => {
    const names = [...new Set(namesIn(SCRIPTS, asked))];
    assert.ok(names.length > 3);
    assert.deepEqual(names.filter((name) => !attributes.some((attribute) => PAGES.includes(`${attribute}="${name}"`))), []);
  });

test("every action of a button is one that is known", () => {
  const deeds = textOf("conferences/static/conferences/ui/", "actions.js") + textOf("conferences/static/conferences/ui/", "recording.js");
  const names = [...new Set(namesIn(PAGES, /data-do="([\w-]+)"/g))];
  assert.deepEqual(names.filter((name) => !new RegExp(`^    "?${name}"?:`, "m").test(deeds)), []);
});

test("every icon that a page shows is drawn", () => {
  const shown = [...namesIn(PAGES, /\{% icon "([\w-]+)" %\}/g), ...namesIn(PAGES, /data-icon="([\w-]+)"/g)];
  assert.ok(shown.length > 40);
  assert.deepEqual(shown.filter((name) => !DRAWN.has(name)), []);
});

test("every reaction is drawn", () => {
  const reactions = readFileSync(new URL("conferences/static/conferences/reactions.svg", ROOT), "utf-8");
  const names = namesIn(PAGES, /data-reaction="(\w+)"/g);
  assert.deepEqual(names.filter((name) => !reactions.includes(`id="${name}"`)), []);
});

test("no page carries a style or a handler of its own", () => {
  assert.deepEqual(namesIn(PAGES, /\s((?:style|on[a-z]+)=)"/g), []);
});

/** A PDF file of pictures: every object is where the table says. That a reader opens it is tested in browsers. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { pdfOf } from "conferences/core/pdf.js";

test("every page and picture is found at its byte", async () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 10, 13, 200, 0xff, 0xd9);
  const file = pdfOf([
    { jpeg, width: 1600, height: 1000 },
    { jpeg, width: 700, height: 1400 },
  ]);
  const text = Buffer.from(await file.arrayBuffer()).toString("latin1");
  assert.ok(text.startsWith("%PDF-1.7"));
  const begins = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) => Number(at));
  assert.equal(begins.length, 8);
  begins.forEach((at, index) => assert.ok(text.slice(at).startsWith(`${index + 1} 0 obj`), String(index)));
  assert.ok(text.slice(Number(text.match(/startxref\n(\d+)/)?.[1])).startsWith("xref"));
  assert.match(text, /MediaBox \[0 0 842\.00 526\.25\]/);
  assert.match(text, /MediaBox \[0 0 421\.00 842\.00\]/);
  assert.equal(text.split(Buffer.from(jpeg).toString("latin1")).length, 3);
});

/** Who looks at the stage how, while somebody leads. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { looked } from "conferences/core/hall.js";

const own = /** @type {const} */ ({ mode: "grid", pinned: "camera:carol" });
const lead = /** @type {const} */ ({ by: "alice", mode: "speaker", large: "camera:bob" });

test("while nobody leads, one looks as one chose", () => assert.deepEqual(looked({ ...own, lead: null, astray: false }), own));

test("while somebody leads, one follows", () =>
  assert.deepEqual(looked({ ...own, lead, astray: false }), { mode: "speaker", pinned: "camera:bob" }));

test("who looks on their own does not follow", () => assert.deepEqual(looked({ ...own, lead, astray: true }), own));

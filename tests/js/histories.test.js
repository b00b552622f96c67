/** Replays tests/histories: what Python's `evolve` makes true, the browser's must too. */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { evolve } from "conferences/core/state.js";

const FOLDER = new URL("../histories/", import.meta.url);

for (const file of existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".json")) : []) {
  const { name, before, events, after } = JSON.parse(readFileSync(new URL(file, FOLDER), "utf-8"));
  test(name ?? file, () => assert.deepEqual(events.reduce(evolve, before), after));
}

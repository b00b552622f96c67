import assert from "node:assert/strict";
import { test } from "node:test";

import { Journal } from "streaming/core/journal.js";
import { Playback } from "streaming/playback.js";
import { alice, picture } from "./house.js";

/** Alice's microphone goes on and off; a picture every ten seconds. */
const camera = (/** @type {boolean} */ on) => ({ type: on ? "camera.started" : "camera.stopped", participant: "alice", by: "alice", at: 0 });
const shown = (/** @type {number} */ seq, /** @type {boolean} */ camera) => picture({ seq, participants: { alice: alice({ camera }) } });
const FILES = /** @type {Record<string, any>} */ ({
  a: { from_ms: 0, picture: shown(1, false), events: [[2_000, 2, camera(true)], [2_000, 5, camera(false)], [9_000, 6, camera(true)]], levels: [[0, { alice: 3 }], [4_000, {}]] },
  b: { from_ms: 10_000, picture: null, events: [[10_000, 7, camera(false)], [15_000, 8, camera(true)]], levels: [] },
  c: { from_ms: 20_000, picture: shown(9, true), events: [[21_000, 10, camera(false)]], levels: [] },
});
const PARTS = ["a", "b", "c"].map((file) => ({ file, from_ms: FILES[file].from_ms, key: FILES[file].picture !== null }));

function opened() {
  /** @type {string[]} */
  const read = [];
  const journal = new Journal(async (file) => {
    read.push(file);
    return FILES[file];
  });
  journal.set(PARTS);
  return { journal, read };
}

const on = (/** @type {import("conferences/core/messages.js").Picture | null} */ picture) => picture?.participants.alice?.camera;

test("the picture at a moment has all that happened until then", async () => {
  const { journal } = opened();
  for (const [t, is] of /** @type {const} */ ([[0, false], [1_999, false], [2_000, false], [9_000, true], [10_000, false], [14_999, false], [15_000, true], [20_500, true], [21_000, false]])) {
    await journal.load(t);
    assert.equal(on(journal.at(t)), is, String(t));
  }
});

test("only the files from the last picture are read", async () => {
  const { journal, read } = opened();
  await journal.load(20_500);
  assert.deepEqual(read, ["c"]);
  await journal.load(12_000);
  assert.deepEqual(new Set(read), new Set(["a", "b", "c"]));
});

test("numbers that were not told are left out, and each event takes its own", async () => {
  const { journal } = opened();
  await journal.load(2_000);
  assert.equal(journal.at(2_000)?.seq, 5);
});

test("going forward gives what a leap gives, at every moment", async () => {
  const { journal } = opened();
  const walking = new Playback({ journal, began_at: 0 });
  for (let t = 0; t < 22_000; t += 250) {
    await walking.show(t);
    const leaping = new Playback({ journal, began_at: 0 });
    await leaping.show(t);
    assert.equal(on(walking.picture), on(leaping.picture), String(t));
  }
});

test("what happened is told one by one, and after a leap as one picture", async () => {
  const { journal } = opened();
  const playback = new Playback({ journal, began_at: 1_000 });
  /** @type {string[]} */
  const heard = [];
  playback.subscribe((news) => void heard.push(news.what === "event" ? news.event.type : news.what));
  await playback.show(0);
  await playback.show(2_500);
  assert.deepEqual(heard.filter((what) => what !== "signal"), ["picture", "camera.started", "camera.stopped"]);
  heard.length = 0;
  await playback.show(21_500);
  assert.deepEqual(heard.filter((what) => what !== "signal"), ["picture"]);
  await playback.show(3_000);
  assert.equal(on(playback.picture), false);
  assert.equal(playback.now(), 4_000);
});

test("levels are those of the moment", async () => {
  const { journal } = opened();
  await journal.load(0);
  assert.deepEqual(journal.levels(3_999), { alice: 3 });
  assert.deepEqual(journal.levels(4_000), {});
});

test("a file that could not be read is read again", async () => {
  let tries = 0;
  const journal = new Journal(async (file) => {
    tries += 1;
    if (tries === 1) throw new Error("lost");
    return FILES[file];
  });
  journal.set(PARTS);
  await assert.rejects(journal.load(0));
  await journal.load(0);
  assert.equal(on(journal.at(0)), false);
});

test("of two leaps at once the last one counts", async () => {
  /** @type {Record<string, () => void>} */
  const waiting = {};
  const journal = new Journal((file) => new Promise((resolve) => void (waiting[file] = () => resolve(FILES[file]))));
  journal.set(PARTS);
  const playback = new Playback({ journal, began_at: 0 });
  const [first, last] = [playback.show(500), playback.show(20_500)];
  waiting.a?.();
  assert.equal(await first, false);
  waiting.c?.();
  assert.equal(await last, true);
  assert.equal(on(playback.picture), true);
});

test("whoever watches asks nothing", async () => {
  const { journal } = opened();
  const playback = new Playback({ journal, began_at: 0 });
  assert.equal(playback.within, false);
  await playback.show(0);
  assert.equal(playback.within, true);
  assert.equal(playback.submit(), false);
  assert.equal(playback.me, null);
});

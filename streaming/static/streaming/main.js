/**
 * The page on which a recording is watched, while it grows and later: brings its modules together, and lets them draw
 * whenever something changed. What is on the stage is drawn by the modules of the conference page.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 * @import {Manifest} from "streaming/core/manifest.js"
 * @import {Page} from "streaming/bundle.js"
 */

import { menus } from "conferences/ui/menu.js";
import { part, the } from "conferences/ui/parts.js";
import { polls } from "conferences/ui/polls.js";
import { reactions } from "conferences/ui/reactions.js";
import { slides } from "conferences/ui/slides.js";
import { stage } from "conferences/ui/stage.js";
import { View } from "conferences/ui/view.js";
import { Bundle } from "streaming/bundle.js";
import { momentOf } from "streaming/core/clock.js";
import { Journal } from "streaming/core/journal.js";
import { Playback } from "streaming/playback.js";
import { Player } from "streaming/player.js";
import { Program } from "streaming/program.js";
import { Reel } from "streaming/reel.js";
import { board } from "streaming/ui/board.js";
import { captions } from "streaming/ui/captions.js";
import { chat } from "streaming/ui/chat.js";
import { contents } from "streaming/ui/contents.js";
import { controls } from "streaming/ui/controls.js";
import { downloads } from "streaming/ui/downloads.js";
import { keys } from "streaming/ui/keys.js";
import { layout } from "streaming/ui/layout.js";
import { link } from "streaming/ui/link.js";
import { panels } from "streaming/ui/panels.js";
import { people } from "streaming/ui/people.js";
import { questions } from "streaming/ui/questions.js";
import { resume } from "streaming/ui/resume.js";
import { seekBar } from "streaming/ui/seek_bar.js";
import { status } from "streaming/ui/status.js";
import { transcript } from "streaming/ui/transcript.js";

const TICK_MS = 100;

/**
 * What every module of `ui` is given, beside what those of the conference page are given.
 *
 * @typedef {{bundle: Bundle, player: Player, program: Program, playback: Playback, view: View, meeting: Meeting, seek: (t: number) => void}} Watching
 */

const PARTS = [status, layout, panels, contents, chat, transcript, people, questions, link, downloads, board, keys, resume];
/** Those that move with the time. */
const MOVING = [controls, seekBar, captions];

let due = false;
let drawn = -1;
const watching = made();
const moves = MOVING.map((mount) => mount(watching));
const draws = [...[slides, stage, polls, reactions].map((mount) => mount(watching.meeting)), ...PARTS.map((mount) => mount(watching)), ...moves];

menus();
watching.playback.subscribe((news) => news.what === "signal" || changed());
setInterval(tick, TICK_MS);
document.addEventListener("visibilitychange", tick);
window.addEventListener("online", () => watching.player.retry());
watching.bundle.follow();
changed();

/** @returns {Watching} */
function made() {
  const page = /** @type {Page} */ (JSON.parse(the("#page", HTMLElement).textContent ?? ""));
  const csrf = document.querySelector("[name=csrfmiddlewaretoken]");
  const bundle = new Bundle({ page, csrf: csrf instanceof HTMLInputElement ? csrf.value : "", changed, grown, moved });
  const journal = new Journal((file) => bundle.read(file));
  const playback = new Playback({ journal, began_at: page.began_at });
  const player = new Player({ audio: part("sound", HTMLAudioElement), bundle, changed });
  const reel = new Reel({ bundle, player, changed });
  const program = new Program({ video: part("program", HTMLVideoElement), bundle, player });
  const view = new View(changed);
  // The conference's modules are given the recording in the place of a conference; what acts there is not on this page.
  const meeting = /** @type {Meeting} */ (/** @type {unknown} */ ({ live: playback, session: reel, view, page, fetched: bundle.follows }));
  const start = momentOf(new URLSearchParams(location.search).get("t"));
  if (start !== null) player.seek(start);
  return { bundle, player, program, playback, view, meeting, seek };
}

/**
 * There is more; or the replay of what was watched live, which tells the same by other files.
 *
 * @param {Manifest} manifest
 * @param {Manifest | null} before
 */
function grown(manifest, before) {
  const { playback, player, meeting } = watching;
  const another = before?.version !== manifest.version;
  const anew = another || before?.ended !== manifest.ended;
  if (anew) playback.journal.forget();
  playback.journal.set(manifest.journal);
  if (anew) /** @type {Reel} */ (/** @type {unknown} */ (meeting.session)).set(manifest.tracks);
  player.take(manifest, another);
  tick();
  changed();
}

/** Addresses have changed; what is on its way by the old ones may still come. */
function moved() {
  watching.playback.refresh().catch(() => {}); // the next tick tries again
}

/** @param {number} t */
function seek(t) {
  watching.player.seek(t);
  tick();
}

/** Let everything be where the sound is. */
function tick() {
  const { player, playback, program, meeting, bundle } = watching;
  if (!player.manifest) return;
  player.skip();
  playback.show(player.t).catch(() => bundle.fail());
  /** @type {Reel} */ (/** @type {unknown} */ (meeting.session)).follow();
  program.follow();
  for (const draw of moves) draw();
  const second = Math.floor(player.t / 1_000);
  if (second !== drawn) changed();
  drawn = second;
}

/** Draw once for all that changes now. */
function changed() {
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    for (const draw of draws) draw();
  });
}

Object.assign(window, { watching });

/**
 * What pages of recordings have of their own, drawn of a sample by the modules that draw it there. Nothing is heard, and
 * nothing is fetched.
 *
 * @import {Picture} from "conferences/core/messages.js"
 * @import {Panel} from "conferences/ui/view.js"
 * @import {Manifest} from "streaming/core/manifest.js"
 * @import {Watching} from "streaming/main.js"
 */

import { menus } from "conferences/ui/menu.js";
import { all, part, the } from "conferences/ui/parts.js";
import { View } from "conferences/ui/view.js";
import { captions } from "streaming/ui/captions.js";
import { chat } from "streaming/ui/chat.js";
import { contents } from "streaming/ui/contents.js";
import { controls } from "streaming/ui/controls.js";
import { downloads } from "streaming/ui/downloads.js";
import { layout } from "streaming/ui/layout.js";
import { link } from "streaming/ui/link.js";
import { people } from "streaming/ui/people.js";
import { questions } from "streaming/ui/questions.js";
import { seekBar } from "streaming/ui/seek_bar.js";
import { transcript } from "streaming/ui/transcript.js";

/** @type {[(watching: Watching) => () => void, Panel][]} each with the panel that is open for it */
const PARTS = [
  [controls, ""], [seekBar, ""], [captions, ""], [layout, ""], [link, ""], [downloads, ""],
  [contents, "contents"], [transcript, "transcript"], [chat, "chat"], [people, "people"], [questions, "questions"],
];
const RENDITIONS = [{ name: "720", height: 720 }, { name: "360", height: 360 }];
const FULL = 1_500_000;
const MIDDLE = 600_000;

const picture = /** @type {Picture} */ (JSON.parse(the("#picture", HTMLElement).textContent ?? ""));
const manifest = /** @type {Manifest} */ (JSON.parse(the("#manifest", HTMLElement).textContent ?? ""));
const player = {
  t: 0, edge: manifest.length_ms, live: false, atEdge: false, playing: false, stalled: false, rate: 1, skips: true, manifest,
  audio: { volume: 0.7, muted: false, currentTime: 0, buffered: { length: 1, start: () => 0, end: () => 1_000 } },
  toggle: () => drawnWith({ playing: !player.playing }),
  toLive: () => drawnWith({ t: FULL, atEdge: true }),
  pace: (/** @type {number} */ rate) => drawnWith({ rate }),
};
/** @type {((news: object) => void)[]} */
const listeners = [];
const playback = { picture, t: MIDDLE, subscribe: (/** @type {(news: object) => void} */ listener) => void listeners.push(listener) };
const bundle = { open: true, page: { offline: false, film_url: "#" }, csrf: "", state: { status: "ready", program: "making", program_percent: 40 }, url: (/** @type {string} */ file) => `#${file}` };
const program = { renditions: RENDITIONS, chosen: RENDITIONS[0], quality: "", show() {} };
const STATES = /** @type {Record<string, Partial<typeof player>>} */ ({
  paused: { t: 0, edge: FULL, live: false, playing: false, stalled: false },
  playing: { t: MIDDLE, edge: FULL, live: false, playing: true, stalled: false },
  stalled: { t: MIDDLE, edge: FULL, live: false, playing: true, stalled: true },
  live: { t: FULL, edge: FULL, live: true, atEdge: true, playing: true, stalled: false },
  behind: { t: MIDDLE, edge: FULL, live: true, atEdge: false, playing: true, stalled: false },
});

menus();
for (const panel of all(".style-panel > .panel")) panel.hidden = false; // none that opens takes the focus
const draws = PARTS.map(([mount, panel]) => mount(watching(panel)));
const form = part("state", HTMLFormElement);
const choice = the("select", HTMLSelectElement, form);
choice.value = new URLSearchParams(location.search).get("state") ?? "playing";
form.addEventListener("change", shown);
for (const listener of listeners) listener({ what: "event", event: { type: "captions.written" } });
if (part("captions-button", HTMLElement).ariaPressed !== "true") part("captions-button", HTMLElement).click();
part("keys", HTMLDialogElement).open = true;
for (const button of all("[data-panel-button]")) button.hidden = false;
shown();
emptied();
scrollTo(0, 0); // what was said came to its moment

/**
 * @param {Panel} panel
 * @returns {Watching}
 */
function watching(panel) {
  const view = Object.assign(new View(drawn), { panel });
  const seek = (/** @type {number} */ t) => drawnWith({ t, atEdge: false });
  return /** @type {Watching} */ (/** @type {unknown} */ ({ bundle, player, program, playback, view, seek, meeting: { live: playback, view } }));
}

function shown() {
  drawnWith(STATES[choice.value] ?? {});
}

/** @param {Partial<typeof player>} now */
function drawnWith(now) {
  Object.assign(player, now);
  drawn();
  part("begin", HTMLElement).hidden = player.playing;
}

function drawn() {
  for (const draw of draws) draw();
}

/** What panels say that have nothing to show. */
function emptied() {
  const likenesses = all(".panel-empty, .chat-empty").map((note) => /** @type {HTMLElement} */ (note.cloneNode(true)));
  for (const likeness of likenesses) Object.assign(likeness, { hidden: false }).removeAttribute("data-part");
  part("empty", HTMLElement).append(...likenesses);
}

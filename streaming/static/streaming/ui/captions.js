/**
 * What was said, as text below the stage: switched on by whoever wishes it, and remembered. Of a finished recording
 * by its file of captions, else by what the journal tells.
 *
 * @import {Captions} from "streaming/core/manifest.js"
 * @import {Watching} from "streaming/main.js"
 */

import { captionText, shownLines } from "conferences/core/captions.js";
import { part } from "conferences/ui/parts.js";

const KEPT = "watch-captions";

/** @param {Watching} watching */
export function captions(watching) {
  const { bundle, player } = watching;
  const button = part("captions-button", HTMLButtonElement);
  const line = part("captions", HTMLElement);
  const element = document.createElement("video"); // it reads the file, and nobody sees it
  const telling = told(watching);
  let file = "";
  let on = localStorage.getItem(KEPT) === "on";
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(KEPT, on ? "on" : "off");
    draw();
  });

  /** @param {Captions} next */
  async function load(next) {
    file = next.file;
    element.replaceChildren();
    const text = await (await bundle.fetch(next.file)).blob();
    const track = Object.assign(document.createElement("track"), { kind: "captions", srclang: next.language, src: URL.createObjectURL(text) });
    element.append(track);
    track.track.mode = "hidden";
  }

  function draw() {
    const all = player.manifest?.captions ?? [];
    const own = all.find(({ language }) => language === document.documentElement.lang) ?? all[0];
    button.hidden = !own && !telling.any();
    button.setAttribute("aria-pressed", String(on));
    if (on && own && own.file !== file) load(own).catch(() => void (file = ""));
    const said = on ? (own ? spoken(element, player.t / 1_000) : telling.now()) : "";
    line.hidden = !said;
    if (line.textContent !== said) line.textContent = said;
    line.lang = own?.language ?? "";
  }
  return draw;
}

/**
 * What was told on the way here; after a leap, what comes from there on. By the recording's clock, on which there
 * are no pauses.
 *
 * @param {Watching} watching
 */
function told({ playback }) {
  /** @type {import("conferences/core/messages.js").CaptionLine[]} */
  let lines = [];
  playback.subscribe((news) => {
    if (news.what === "picture") lines = [];
    const line = news.what === "event" && news.event.type === "captions.written" ? playback.picture?.captions.lines.at(-1) : null;
    if (line) lines = [...lines, { ...line, at: playback.t }].slice(-2);
  });
  return {
    any: () => (playback.picture?.captions.lines.length ?? 0) > 0,
    now: () => shownLines(lines, playback.t).map(captionText).join("\n"),
  };
}

/**
 * @param {HTMLVideoElement} element
 * @param {number} seconds
 */
function spoken(element, seconds) {
  const cues = [...(element.textTracks[0]?.cues ?? [])];
  const now = cues.filter((cue) => cue.startTime <= seconds && seconds < cue.endTime);
  return now.map((cue) => (cue instanceof VTTCue ? (cue.getCueAsHTML().textContent ?? "") : "")).join("\n");
}

/**
 * What was said, as text below the stage: switched on by whoever wishes it, and remembered.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { part } from "conferences/ui/parts.js";

const KEPT = "watch-captions";

/** @param {Watching} watching */
export function captions({ bundle, player }) {
  const button = part("captions-button", HTMLButtonElement);
  const line = part("captions", HTMLElement);
  const element = document.createElement("video"); // it reads the file, and nobody sees it
  let file = "";
  let on = localStorage.getItem(KEPT) === "on";
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(KEPT, on ? "on" : "off");
    draw();
  });

  /** @param {string} next */
  async function load(next) {
    file = next;
    element.replaceChildren();
    const text = await (await bundle.fetch(next)).blob();
    const track = Object.assign(document.createElement("track"), { kind: "captions", src: URL.createObjectURL(text) });
    element.append(track);
    track.track.mode = "hidden";
  }

  function draw() {
    const all = player.manifest?.captions ?? [];
    const own = all.find(({ language }) => language === document.documentElement.lang) ?? all[0];
    button.hidden = !own;
    button.setAttribute("aria-pressed", String(on));
    const wanted = on && own ? own.file : "";
    if (wanted && wanted !== file) load(wanted).catch(() => void (file = ""));
    const said = wanted ? spoken(element, player.t / 1_000) : "";
    line.hidden = !said;
    if (line.textContent !== said) line.textContent = said;
    if (own) line.lang = own.language;
  }
  return draw;
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

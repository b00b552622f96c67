/**
 * How the stage is looked at: everyone equally large, who speaks, the film; and in which quality.
 *
 * @import {Mode} from "conferences/core/layout.js"
 * @import {Watching} from "streaming/main.js"
 */

import { presented } from "conferences/core/slides.js";
import { choose, lookOf } from "conferences/ui/lead.js";
import { all, keep, made, part, the } from "conferences/ui/parts.js";

const WEBM = 'video/webm; codecs="vp8"';

/** @param {Watching} watching */
export function layout(watching) {
  const { meeting, player, program, view } = watching;
  const menu = part("menu-layout", HTMLElement);
  /** What was chosen; until then, what is best. @type {boolean | null} */
  let film = null;
  menu.addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest("[data-mode], [data-quality]") : null;
    if (!(item instanceof HTMLElement)) return;
    const { mode, quality } = item.dataset;
    if (quality) program.quality = quality;
    film = mode === "film" || quality !== undefined;
    if (mode && mode !== "film") choose(meeting, { mode: /** @type {Mode} */ (mode), pinned: "" });
    view.changed();
  });
  return () => {
    const { manifest } = player;
    const has = program.renditions.length > 0;
    const needed = player.live || (!manifest?.tracks.length && has) || !part("program", HTMLVideoElement).canPlayType(WEBM);
    const filmed = has && (film ?? needed);
    program.show(filmed);
    const beside = filmed && presented(meeting.live.picture) !== null; // slides are sharper than any film of them
    part("stage", HTMLElement).toggleAttribute("data-filmed", filmed && !beside);
    part("program", HTMLVideoElement).toggleAttribute("data-beside", beside);
    if (!meeting.live.picture?.lead) view.astray = false;
    for (const item of all("[data-mode]", menu)) {
      const { mode } = item.dataset;
      if (mode === "film") item.hidden = !has;
      item.setAttribute("aria-checked", String(mode === "film" ? filmed : !filmed && lookOf(meeting).mode === mode));
    }
    drawQualities(program, filmed);
  };
}

/**
 * @param {Watching["program"]} program
 * @param {boolean} filmed
 */
function drawQualities(program, filmed) {
  const { renditions, chosen } = program;
  part("qualities", HTMLElement).hidden = renditions.length < 2;
  keep({
    list: part("quality-list", HTMLElement),
    items: renditions.length > 1 ? renditions : [],
    key: ({ name }) => name,
    make: () => made("quality"),
    draw: (row, { name, height }) => {
      row.dataset.quality = name;
      row.setAttribute("aria-checked", String(filmed && chosen?.name === name));
      the("span", HTMLElement, row).textContent = `${height}p`;
    },
  });
}

/**
 * The bar on which one goes to any moment: a slider, with chapters, what is loaded, and what is under the pointer.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { part } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";
import { clockText } from "streaming/core/clock.js";
import { chapterAt } from "streaming/core/manifest.js";

const STEP_MS = 5_000;
const PAGE_MS = 60_000;

/** @param {Watching} watching */
export function seekBar(watching) {
  const { player } = watching;
  const bar = part("seek", HTMLElement);
  const tip = part("seek-tip", HTMLElement);
  /** Where one drags to, before one lets go. @type {number | null} */
  let dragged = null;
  /** @param {PointerEvent} event */
  const under = (event) => {
    const { left, width } = bar.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / (width || 1)));
    return (document.dir === "rtl" ? 1 - share : share) * player.edge;
  };
  bar.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    bar.setPointerCapture(event.pointerId);
    dragged = under(event);
    watching.seek(dragged);
  });
  bar.addEventListener("pointermove", (event) => {
    const t = under(event);
    drawTip(watching, tip, t);
    if (dragged === null) return;
    dragged = t;
    draw();
  });
  const drop = () => {
    if (dragged !== null) watching.seek(dragged);
    dragged = null;
  };
  bar.addEventListener("pointerup", drop);
  bar.addEventListener("pointercancel", () => void (dragged = null));
  bar.addEventListener("pointerleave", () => void (tip.hidden = true));
  bar.addEventListener("keydown", (event) => {
    const to = stepped(player, event.key);
    if (to === null) return;
    event.preventDefault();
    watching.seek(to);
  });
  let chapters = "";
  function draw() {
    const t = dragged ?? player.t;
    const share = player.edge ? t / player.edge : 0;
    bar.style.setProperty("--at", share.toFixed(5));
    bar.style.setProperty("--loaded", loaded(player).toFixed(5));
    bar.setAttribute("aria-valuemax", String(Math.round(player.edge / 1_000)));
    bar.setAttribute("aria-valuenow", String(Math.round(t / 1_000)));
    const chapter = chapterAt(player.manifest?.chapters ?? [], t)?.title ?? "";
    const values = { time: clockText(t), length: clockText(player.edge), chapter };
    bar.setAttribute("aria-valuetext", words(chapter ? "moment_in" : "moment", values));
    const now = `${player.edge} ${player.manifest?.chapters.length}`;
    if (now !== chapters) drawMarks(player);
    chapters = now;
  }
  return draw;
}

/**
 * @param {Watching["player"]} player
 * @param {string} key
 */
function stepped({ t, edge }, key) {
  const way = document.dir === "rtl" ? -1 : 1;
  /** @type {Record<string, number>} */
  const to = {
    ArrowRight: t + STEP_MS * way,
    ArrowLeft: t - STEP_MS * way,
    ArrowUp: t + STEP_MS,
    ArrowDown: t - STEP_MS,
    PageUp: t + PAGE_MS,
    PageDown: t - PAGE_MS,
    Home: 0,
    End: edge,
  };
  return to[key] ?? null;
}

/** How much is there already, as a share. @param {Watching["player"]} player */
function loaded({ audio, edge }) {
  for (let index = 0; index < audio.buffered.length; index += 1)
    if (audio.buffered.start(index) <= audio.currentTime + 0.1 && audio.currentTime <= audio.buffered.end(index))
      return edge ? Math.min(1, (1_000 * audio.buffered.end(index)) / edge) : 0;
  return 0;
}

/** @param {Watching["player"]} player */
function drawMarks({ manifest, edge }) {
  const marks = (manifest?.chapters ?? []).filter(({ t }) => t > 0 && t < edge);
  part("seek-marks", HTMLElement).replaceChildren(
    ...marks.map(({ t }) => {
      const mark = document.createElement("i");
      mark.style.setProperty("--t", (t / edge).toFixed(5));
      return mark;
    }),
  );
}

/**
 * @param {Watching} watching
 * @param {HTMLElement} tip
 * @param {number} t
 */
function drawTip({ player }, tip, t) {
  tip.hidden = !player.edge;
  tip.style.setProperty("--t", (player.edge ? t / player.edge : 0).toFixed(5));
  part("seek-tip-time", HTMLElement).textContent = clockText(t);
  part("seek-tip-chapter", HTMLElement).textContent = chapterAt(player.manifest?.chapters ?? [], t)?.title ?? "";
}

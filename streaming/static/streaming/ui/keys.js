/**
 * The keys of a player: space and K play, J and L leap, arrows step, digits go to tenths.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { part, the } from "conferences/ui/parts.js";
import { RATES } from "streaming/player.js";

/** @param {Watching} watching */
export function keys(watching) {
  const dialog = part("keys", HTMLDialogElement);
  the("form", HTMLFormElement, dialog).addEventListener("submit", () => dialog.close());
  document.addEventListener("keydown", (event) => {
    if (isForUs(event) && press(watching, event.key)) event.preventDefault();
  });
  return () => {};
}

/** @param {KeyboardEvent} event */
function isForUs({ target, ctrlKey, metaKey, altKey, key, isComposing }) {
  if (ctrlKey || metaKey || altKey || isComposing) return false;
  if (document.querySelector("dialog[open], :popover-open")) return false;
  if (!(target instanceof HTMLElement)) return true;
  if (target.closest("[role=slider], input[type=range]")) return !/^(Arrow|Home|End|Page)/.test(key);
  if (target.closest("input, textarea, select")) return false;
  return (key !== " " && key !== "Enter") || !target.closest("button, a, summary");
}

/**
 * @param {Watching} watching
 * @param {string} key
 * @returns {boolean} whether it means something
 */
function press(watching, key) {
  const { player, seek, view } = watching;
  const way = document.dir === "rtl" ? -1 : 1;
  /** @type {Record<string, () => unknown>} */
  const deeds = {
    " ": () => player.toggle(),
    k: () => player.toggle(),
    j: () => seek(player.t - 10_000),
    l: () => seek(player.t + 10_000),
    ArrowLeft: () => seek(player.t - 5_000 * way),
    ArrowRight: () => seek(player.t + 5_000 * way),
    ArrowUp: () => louder(player.audio, 0.1),
    ArrowDown: () => louder(player.audio, -0.1),
    Home: () => seek(0),
    End: () => seek(player.edge),
    "<": () => faster(player, -1),
    ">": () => faster(player, 1),
    m: () => click("[data-watch=mute]"),
    f: () => click("[data-watch=fullscreen]"),
    c: () => click("[data-part=captions-button]"),
    "?": () => click("[data-watch=keys]"),
    Escape: () => view.panel && view.set({ panel: "" }),
  };
  if (/^\d$/.test(key)) return seek((player.edge * Number(key)) / 10), true;
  const deed = deeds[key.length === 1 ? key.toLowerCase() : key];
  deed?.();
  return deed !== undefined;
}

/**
 * @param {HTMLAudioElement} audio
 * @param {number} by
 */
function louder(audio, by) {
  audio.muted = false;
  audio.volume = Math.min(1, Math.max(0, audio.volume + by));
}

/**
 * @param {Watching["player"]} player
 * @param {number} by
 */
function faster(player, by) {
  const at = RATES.indexOf(player.rate);
  const rate = RATES[Math.min(RATES.length - 1, Math.max(0, at + by))];
  if (rate) player.pace(rate);
}

/** @param {string} selector */
function click(selector) {
  const button = document.querySelector(selector);
  if (button instanceof HTMLElement && !button.hidden) button.click();
}

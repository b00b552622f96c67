/**
 * The buttons below the stage: play, sound, speed, live, full screen, the link to this moment.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { copyText } from "conferences/ui/copy.js";
import { all, part, show, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { clockText } from "streaming/core/clock.js";
import { chapterAt } from "streaming/core/manifest.js";

const STEP_MS = 10_000;
const VOLUME = "watch-volume";

/** @param {Watching} watching */
export function controls(watching) {
  const { player } = watching;
  const volume = part("volume", HTMLInputElement);
  player.audio.volume = Number(localStorage.getItem(VOLUME) ?? 1);
  volume.addEventListener("input", () => {
    player.audio.muted = false;
    player.audio.volume = volume.valueAsNumber / 100;
    localStorage.setItem(VOLUME, String(player.audio.volume));
  });
  const doing = deeds(watching);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-watch]") : null;
    if (button instanceof HTMLElement) doing[button.dataset.watch ?? ""]?.();
  });
  part("menu-speed", HTMLElement).addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest("[data-rate]") : null;
    if (item instanceof HTMLElement) player.pace(Number(item.dataset.rate));
  });
  return () => draw(watching, volume);
}

/**
 * @param {Watching} watching
 * @returns {Record<string, () => unknown>}
 */
function deeds({ player, seek, view }) {
  return {
    play: () => player.toggle(),
    back: () => seek(player.t - STEP_MS),
    forth: () => seek(player.t + STEP_MS),
    mute: () => void (player.audio.muted = !player.audio.muted),
    live: () => player.toLive(),
    link: () => copyText(momentLink(player.t)).then(() => say("moment_copied")),
    skip: () => {
      player.skips = !player.skips;
      view.changed();
    },
    fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    keys: () => part("keys", HTMLDialogElement).showModal(),
  };
}

/** @param {number} t */
function momentLink(t) {
  const link = new URL(location.href);
  link.search = `?t=${Math.floor(t / 1_000)}`;
  link.hash = "";
  return link.href;
}

/**
 * @param {Watching} watching
 * @param {HTMLInputElement} volume
 */
function draw({ player }, volume) {
  const { t, edge, live, audio } = player;
  show(the(".watch-play", HTMLElement), player.playing);
  show(the("[data-watch=mute]", HTMLElement), audio.muted || audio.volume === 0);
  const loud = String(audio.muted ? 0 : Math.round(audio.volume * 100));
  if (volume.value !== loud) volume.value = loud;
  volume.style.setProperty("--part", String(Number(loud) / 100));
  said("time", clockText(t));
  said("length", live ? "" : clockText(edge));
  part("slash", HTMLElement).hidden = live;
  drawLive(player);
  said("chapter", chapterAt(player.manifest?.chapters ?? [], t)?.title ?? "");
  said("rate", `${player.rate}×`);
  for (const item of all("[data-rate]")) item.setAttribute("aria-checked", String(Number(item.dataset.rate) === player.rate));
  const skip = the("[data-watch=skip]", HTMLElement);
  skip.setAttribute("aria-checked", String(player.skips));
  skip.hidden = live || !player.manifest?.talks.length;
  document.body.toggleAttribute("data-playing", player.playing);
  document.body.toggleAttribute("data-stalled", player.stalled);
}

/** @param {Watching["player"]} player */
function drawLive({ live, atEdge }) {
  const badge = part("live", HTMLElement);
  badge.hidden = !live;
  badge.toggleAttribute("data-at-edge", atEdge);
}

/**
 * @param {string} name
 * @param {string} text
 */
function said(name, text) {
  const element = part(name, HTMLElement);
  if (element.textContent !== text) element.textContent = text;
}

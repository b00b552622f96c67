/**
 * One tile: a person, or a shared screen.
 *
 * @import {Participant} from "conferences/core/messages.js"
 * @import {Placed} from "conferences/core/grid.js"
 */

import { drawAvatar } from "conferences/ui/avatar.js";
import { made, part, play, show, the } from "conferences/ui/parts.js";
import { filled, words } from "conferences/ui/words.js";

const SMALL = 150;

/**
 * @typedef {object} Shown
 * @property {string} key
 * @property {Participant} person
 * @property {boolean} own
 * @property {boolean} screen it shows the person's screen
 * @property {import("conferences/ui/parts.js").Shown | null} stream
 * @property {boolean} muted
 * @property {number} handPlace
 * @property {"good" | "poor" | "lost"} quality
 * @property {boolean} pinned
 */

/** @param {Shown} shown */
export function makeTile({ key, person, own, screen }) {
  const tile = made("tile");
  tile.dataset.key = key;
  if (screen) tile.dataset.screen = person.id;
  else tile.dataset.participant = person.id;
  if (own && !screen) tile.dataset.you = "";
  tile.dataset.new = "";
  setTimeout(() => delete tile.dataset.new, 300);
  const video = the("video", HTMLVideoElement, tile);
  video.onresize = () => void (tile.dataset.tall = String(video.videoHeight > video.videoWidth));
  return tile;
}

/**
 * @param {HTMLElement} tile
 * @param {Shown} shown
 */
export function drawTile(tile, shown) {
  const { person, screen } = shown;
  const name = nameOf(shown);
  drawAvatar({ within: tile, id: person.id, name: person.name, web: person.web });
  tile.toggleAttribute("data-away", !person.connected);
  tile.setAttribute("aria-label", name);
  the(".tile-name", HTMLElement, tile).textContent = name;
  drawVideo(tile, shown.stream);
  part("muted", HTMLElement, tile).hidden = screen || !shown.muted;
  part("voice", HTMLElement, tile).hidden = screen || shown.muted;
  part("sharing", HTMLElement, tile).hidden = screen || !person.screen;
  part("phone", HTMLElement, tile).hidden = screen || !person.phone;
  part("held", HTMLElement, tile).hidden = screen || !person.held;
  drawHand(tile, screen ? 0 : shown.handPlace);
  drawNetwork(tile, screen ? "good" : shown.quality);
  drawPin(tile, shown.pinned, name);
}

/** @param {Shown} shown */
function nameOf({ person, own, screen }) {
  if (screen) return own ? words("your_screen") : words("screen_of", { name: person.name });
  return own ? words("you", { name: person.name }) : person.name;
}

/**
 * @param {HTMLElement} tile
 * @param {Shown["stream"]} stream
 */
function drawVideo(tile, stream) {
  const video = the("video", HTMLVideoElement, tile);
  play(video, stream);
  video.hidden = !stream;
  the(".avatar", HTMLElement, tile).hidden = stream !== null || "screen" in tile.dataset;
}

/**
 * @param {HTMLElement} tile
 * @param {number} place
 */
function drawHand(tile, place) {
  the(".tile-hand", HTMLElement, tile).hidden = !place;
  part("hand-place", HTMLElement, tile).textContent = String(place);
}

/**
 * @param {HTMLElement} tile
 * @param {string} quality
 */
function drawNetwork(tile, quality) {
  const network = part("network", HTMLElement, tile);
  network.hidden = quality === "good";
  the("[data-quality=poor]", HTMLElement, network).hidden = quality !== "poor";
  the("[data-quality=lost]", HTMLElement, network).hidden = quality !== "lost";
}

/**
 * @param {HTMLElement} tile
 * @param {boolean} pinned
 * @param {string} name
 */
function drawPin(tile, pinned, name) {
  const pin = the(".tile-pin", HTMLElement, tile);
  show(pin, pinned);
  pin.setAttribute("aria-label", filled((pinned ? pin.dataset.labelOn : pin.dataset.labelOff) ?? "", { name }));
}

/**
 * @param {HTMLElement} tile
 * @param {Placed} placed
 */
export function placeTile(tile, { x, y, width, height, place }) {
  for (const [name, value] of Object.entries({ x, y, width, height }))
    tile.style.setProperty(`--${name}`, value.toFixed(1));
  tile.dataset.place = place;
  tile.toggleAttribute("data-small", width < SMALL || height < SMALL * 0.6);
}

/**
 * @param {HTMLElement} tile
 * @param {number} level 0 to 9
 */
export function hearTile(tile, level) {
  tile.style.setProperty("--level", String(level));
  tile.toggleAttribute("data-speaking", level > 1);
}

/**
 * Which tiles are shown, and where in importance: on the stage, in the strip beside it, or floating over it. Pure.
 *
 * @import {Participant} from "conferences/core/messages.js"
 */

/** How many tiles the strip holds at most. */
const STRIP = 12;
/** The key of the tile that stands for everyone who has none. */
export const MORE = "more";
/** The key of the document that is shown. */
export const SLIDES = "slides";

/** @typedef {"grid" | "speaker"} Mode */
/** @typedef {{stage: string[], strip: string[], float: string, hidden: number}} Plan */
/**
 * @typedef {object} Wish
 * @property {Participant[]} people everyone in the room, in order of arrival
 * @property {string} you
 * @property {string} pinned the key of the tile that is kept large, or nothing
 * @property {string} [spotlight] whom the hosts want to be large
 * @property {string} speaker who has the floor
 * @property {Mode} mode
 * @property {boolean} [slides] a document is shown
 * @property {number} limit how many tiles fit at most
 */

/** @param {string} id */
export const cameraOf = (id) => `camera:${id}`;

/** @param {string} id */
export const screenOf = (id) => `screen:${id}`;

/**
 * @param {Wish} wish
 * @returns {Plan}
 */
export function plan(wish) {
  const large = largeTiles(wish);
  if (large.length) return beside(wish, large);
  const { people, you, limit } = wish;
  if (people.length === 2 && people.some((person) => person.id === you)) return facing(wish);
  return { ...camerasOf(wish, people, limit), strip: [], float: "" };
}

/**
 * The tiles that are shown large: what was pinned, else the document and who is in the spotlight, else all screens
 * and the spotlight, else who speaks.
 *
 * @param {Wish} wish
 */
function largeTiles({ people, you, pinned, spotlight, speaker, mode, slides }) {
  const screens = people.filter((person) => person.screen).map((person) => screenOf(person.id));
  const cameras = people.map((person) => cameraOf(person.id));
  if ([...screens, ...cameras].includes(pinned)) return [pinned];
  const lit = people.filter((person) => person.id === spotlight).map((person) => cameraOf(person.id));
  if (slides) return [SLIDES, ...lit];
  if (screens.length || lit.length) return [...screens, ...lit];
  if (mode === "grid" || people.length < 2) return [];
  const floor = people.find((person) => person.id === speaker) ?? people.find((person) => person.id !== you);
  return floor ? [cameraOf(floor.id)] : [];
}

/**
 * @param {Wish} wish
 * @param {string[]} large
 * @returns {Plan}
 */
function beside(wish, large) {
  const others = wish.people.filter((person) => !large.includes(cameraOf(person.id)));
  const screens = wish.people.filter((person) => person.screen && !large.includes(screenOf(person.id)));
  const slides = wish.slides && !large.includes(SLIDES) ? [SLIDES] : [];
  const room = Math.max(2, Math.min(wish.limit, STRIP) - large.length - screens.length - slides.length);
  const { stage, hidden } = camerasOf(wish, others, room);
  return { stage: large, strip: [...slides, ...screens.map((person) => screenOf(person.id)), ...stage], float: "", hidden };
}

/**
 * Tiles for people; when there are too many, the last one stands for the rest.
 *
 * @param {Wish} wish
 * @param {Participant[]} people
 * @param {number} limit
 */
function camerasOf(wish, people, limit) {
  const shown = people.length > limit ? chosen(wish, people, limit - 1) : people;
  const hidden = people.length - shown.length;
  return { stage: [...shown.map((person) => cameraOf(person.id)), ...(hidden ? [MORE] : [])], hidden };
}

/**
 * Two people face each other: the other fills the stage, oneself floats in a corner.
 *
 * @param {Wish} wish
 * @returns {Plan}
 */
function facing({ people, you }) {
  const other = people.filter((person) => person.id !== you);
  return { stage: other.map((person) => cameraOf(person.id)), strip: [], float: cameraOf(you), hidden: 0 };
}

/**
 * At most `limit` people, those first who matter most now, still in order of arrival so that nobody jumps about.
 *
 * @param {Wish} wish
 * @param {Participant[]} people
 * @param {number} limit
 */
function chosen({ you, speaker }, people, limit) {
  /** @param {Participant} person */
  const weight = (person) =>
    8 * Number(person.id === you) +
    4 * Number(person.id === speaker) +
    2 * Number(person.hand > 0) +
    Number(person.camera) +
    Number(person.microphone) / 2;
  const best = new Set([...people].sort((one, other) => weight(other) - weight(one)).slice(0, limit));
  return people.filter((person) => best.has(person));
}

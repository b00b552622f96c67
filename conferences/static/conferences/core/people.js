/**
 * Questions one asks a picture about its people. Pure.
 *
 * @import {Participant, Picture} from "conferences/core/messages.js"
 */

/** @param {Picture} picture */
export function admitted(picture) {
  return Object.values(picture.participants).filter((participant) => participant.role !== "waiting");
}

/** @param {Picture} picture */
export function waiting(picture) {
  return Object.values(picture.participants).filter((participant) => participant.role === "waiting");
}

/**
 * Whether somebody presents: a host may do all that a presenter may.
 *
 * @param {Participant | null | undefined} person
 */
export function presents(person) {
  return person?.role === "host" || person?.role === "presenter";
}

/**
 * Raised hands first, in the order they were raised; then in order of arrival.
 *
 * @param {Picture} picture
 * @returns {Participant[]}
 */
export function roster(picture) {
  const people = admitted(picture);
  const hands = people.filter((person) => person.hand).sort((one, other) => one.hand - other.hand);
  return [...hands, ...people.filter((person) => !person.hand)];
}

/**
 * The place of somebody's hand in the order of hands, from 1; 0: it is down.
 *
 * @param {Picture} picture
 * @param {string} id
 */
export function handPlace(picture, id) {
  const hand = picture.participants[id]?.hand;
  return hand ? admitted(picture).filter((person) => person.hand && person.hand <= hand).length : 0;
}

/**
 * One or two letters that stand for a name.
 *
 * @param {string} name
 */
export function initials(name) {
  const letters = name
    .trim()
    .split(/\s+/)
    .map((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? "")
    .filter(Boolean);
  const chosen = letters.length > 1 ? [letters[0], letters[letters.length - 1]] : letters;
  return chosen.join("").toLocaleUpperCase();
}

/**
 * The number of a colour, out of `many`, that stays with an id.
 *
 * @param {string} id
 * @param {number} many
 */
export function hueOf(id, many = 8) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return sum % many;
}

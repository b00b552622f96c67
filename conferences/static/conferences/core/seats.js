/**
 * What rules of several namespaces change of those who are here. Pure.
 *
 * @import {Participant, Picture} from "conferences/core/messages.js"
 */

/**
 * @param {Picture} picture
 * @param {string} id
 * @param {Partial<Participant>} changes
 * @returns {Picture}
 */
export function change(picture, id, changes) {
  const participant = picture.participants[id];
  if (!participant) return picture;
  return { ...picture, participants: { ...picture.participants, [id]: { ...participant, ...changes } } };
}

/**
 * @template T
 * @param {Record<string, T>} mapping
 * @param {string} key
 * @returns {Record<string, T>}
 */
export function without(mapping, key) {
  const { [key]: _, ...others } = mapping;
  return others;
}

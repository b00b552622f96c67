/**
 * The cast, and pictures to begin from.
 *
 * @import {Participant, Picture} from "conferences/core/messages.js"
 */

/**
 * @param {Partial<Participant>} is
 * @returns {Participant}
 */
export function participant(is) {
  const blank = { id: "x", name: "X", role: /** @type {const} */ ("guest"), joined_at: 0, entitled: false, web: true, phone: false };
  const quiet = { connected: true, microphone: false, camera: false, screen: false, sound: false, hand: 0, held: false, line: /** @type {const} */ ("good") };
  return { ...blank, ...quiet, ...is };
}

/** @param {Partial<Participant>} is */
export const alice = (is = {}) => participant({ id: "alice", name: "Alice", role: "host", ...is });

/** @param {Partial<Participant>} is */
export const bob = (is = {}) => participant({ id: "bob", name: "Bob", ...is });

/** @param {number} many */
export const crowd = (many) =>
  Array.from({ length: many }, (_, index) => participant({ id: `p${index}`, name: `P ${index}`, joined_at: index }));

/**
 * @param {Partial<Picture>} is
 * @returns {Picture}
 */
export function picture(is = {}) {
  const policy = /** @type {any} */ ({ lobby: false, mute_on_entry: false, guests_share: true, chat_files: "everyone" });
  const clear = { seq: 0, name: "Tea", policy, status: /** @type {const} */ ("open"), opened_at: 1, locked: false };
  const web = { polls: [], ballots: {}, questions: [], timer: null, spotlight: "", link: null, documents: {}, shown: null };
  const hall = { agenda: { items: [], current: 0, since: 0 }, lead: null, captions: { writers: [], lines: [] }, lobby_message: "", notes: {}, dials: {} };
  const drawn = { drawings: {}, drawers: /** @type {const} */ ("presenters") };
  return { ...clear, ...web, ...hall, ...drawn, warning: null, answer_by: 0, end_reason: null, participants: {}, chat: [], ...is };
}

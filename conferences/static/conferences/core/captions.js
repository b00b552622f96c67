/**
 * What is said, typed along. Pure. Twin of `conferences/core/evolution/captions.py`.
 *
 * @import {CaptionLine, Captions, Picture} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

const LINES_KEPT = 20;
/** So long a line can be read, unless two others have come. */
const SHOWN_MS = 8_000;
const SHOWN_AT_ONCE = 2;
const GOING_MS = 700;
/** So long a line may become while one types, before it is sent without waiting for its end. */
const LONG = 72;

/** @type {RulesOf<"captions">} */
export const CAPTION_RULES = {
  "captions.assigned": (picture, { participant }) => ({
    ...picture,
    captions: { ...picture.captions, writers: [...picture.captions.writers, participant] },
  }),
  "captions.unassigned": (picture, { participant }) => ({ ...picture, captions: withoutWriter(picture, participant) }),
  "captions.written": (picture, { at, participant, speaker, text }) => ({
    ...picture,
    captions: {
      ...picture.captions,
      lines: [...picture.captions.lines, { id: picture.seq, at, participant, speaker, text }].slice(-LINES_KEPT),
    },
  }),
};

/**
 * Who left writes no more.
 *
 * @param {Picture} picture
 * @param {string} participant
 * @returns {Captions}
 */
export const withoutWriter = ({ captions }, participant) => ({
  ...captions,
  writers: captions.writers.filter((id) => id !== participant),
});

/**
 * The lines that are to be read now, the older one first.
 *
 * @param {CaptionLine[]} lines
 * @param {number} now
 */
export const shownLines = (lines, now) => lines.slice(-SHOWN_AT_ONCE).filter(({ at }) => now - at < SHOWN_MS);

/**
 * Whether it is about to go.
 *
 * @param {CaptionLine} line
 * @param {number} now
 */
export const isGoing = ({ at }, now) => now - at >= SHOWN_MS - GOING_MS;

/** @param {{speaker: string, text: string}} line */
export const captionText = ({ speaker, text }) => (speaker ? `${speaker}: ${text}` : text);

/**
 * What of a line that is being typed is long enough to be shown, and what is left of it.
 *
 * @param {string} typed
 * @returns {{ready: string, rest: string}}
 */
export function split(typed) {
  if (typed.length < LONG) return { ready: "", rest: typed };
  const end = typed.lastIndexOf(" ");
  return end > 0 ? { ready: typed.slice(0, end).trim(), rest: typed.slice(end + 1) } : { ready: typed, rest: "" };
}

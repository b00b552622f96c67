/**
 * One's own notes in the picture. Pure. Twin of `conferences/core/evolution/notes.py`.
 *
 * @import {RulesOf} from "conferences/core/state.js"
 */

/** @type {RulesOf<"notes">} */
export const NOTES_RULES = {
  "notes.written": (picture, { participant, text }) => ({
    ...picture,
    notes: { ...picture.notes, [participant]: text },
  }),
};

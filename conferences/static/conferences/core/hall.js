/**
 * The view that everyone follows, and the word to those who wait. Pure. Twin of `conferences/core/evolution/hall.py`.
 *
 * @import {Mode} from "conferences/core/layout.js"
 * @import {Lead, Picture} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

import { withoutWriter } from "conferences/core/captions.js";
import { without } from "conferences/core/seats.js";

/** @type {RulesOf<"layout" | "lobby">} */
export const HALL_RULES = {
  "layout.led": (picture, { by, mode, large }) => ({ ...picture, lead: { by, mode, large } }),
  "layout.released": (picture) => ({ ...picture, lead: null }),
  "lobby.held": (picture, { participant }) => ({
    ...picture,
    participants: without(picture.participants, participant),
    spotlight: picture.spotlight === participant ? "" : picture.spotlight,
    lead: withoutLeadOf(picture, participant),
    captions: withoutWriter(picture, participant),
  }),
  "lobby.told": (picture, { text }) => ({ ...picture, lobby_message: text }),
};

/**
 * Who left, or presents no more, leads nobody.
 *
 * @param {Picture} picture
 * @param {string} participant
 */
export const withoutLeadOf = ({ lead }, participant) => (lead?.by === participant ? null : lead);

/** @typedef {{mode: Mode, pinned: string}} Look how one looks at the stage: in which layout, and what is kept large */

/**
 * How one looks at the stage now: as somebody leads, unless one looks on one's own.
 *
 * @param {Look & {lead: Lead | null | undefined, astray: boolean}} wanted
 * @returns {Look}
 */
export function looked({ lead, astray, mode, pinned }) {
  return lead && !astray ? { mode: lead.mode, pinned: lead.large } : { mode, pinned };
}

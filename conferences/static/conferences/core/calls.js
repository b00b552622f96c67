/**
 * Phones: who is called, who is on the phone, and who is one person by phone and by web. Pure.
 * Twin of `conferences/core/evolution/calls.py`.
 *
 * @import {CallMerged, Participant, Picture} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

import { withoutWriter } from "conferences/core/captions.js";
import { withoutLeadOf } from "conferences/core/hall.js";
import { change, without } from "conferences/core/seats.js";

/**
 * What becomes of somebody whose phone is gone.
 *
 * @type {Partial<Participant>}
 */
export const QUIET = { microphone: false, held: false, line: "good" };

/** @type {RulesOf<"call">} */
export const CALL_RULES = {
  "call.asked": (picture) => picture,
  "call.placed": (picture) => picture,
  "call.dialed": (picture, { call, label, by, to }) => ({
    ...picture,
    dials: { ...picture.dials, [call]: { call, label, by, to, status: "dialing" } },
  }),
  "call.progressed": (picture, { call, status }) => {
    const dial = picture.dials[call];
    return dial ? { ...picture, dials: { ...picture.dials, [call]: { ...dial, status } } } : picture;
  },
  "call.failed": (picture, { call }) => ({ ...picture, dials: without(picture.dials, call) }),
  "call.connected": (picture, { call }) => ({ ...picture, dials: without(picture.dials, call) }),
  "call.began": (picture) => picture,
  "call.named": (picture, { participant, key }) => ({ ...picture, spoken_names: { ...picture.spoken_names, [participant]: key } }),
  "call.held": (picture, { participant, held }) => change(picture, participant, { held }),
  "call.measured": (picture, { participant, quality }) => change(picture, participant, { line: quality }),
  "call.merged": merged,
  "call.split": (picture, { participant }) => change(picture, participant, { phone: false, ...QUIET }),
  "call.ended": (picture) => picture,
};

/**
 * Of the caller stay the voice and the raised hand.
 *
 * @param {Picture} picture
 * @param {CallMerged} event
 * @returns {Picture}
 */
function merged(picture, event) {
  const { [event.participant]: caller, [event.into]: person } = picture.participants;
  if (!caller || !person) return picture;
  const { microphone, held, line } = caller;
  const both = { ...person, phone: true, microphone, held, line, hand: person.hand || caller.hand };
  return {
    ...picture,
    participants: { ...without(picture.participants, caller.id), [person.id]: both },
    spotlight: picture.spotlight === caller.id ? person.id : picture.spotlight,
    lead: withoutLeadOf(picture, caller.id),
    captions: withoutWriter(picture, caller.id),
  };
}

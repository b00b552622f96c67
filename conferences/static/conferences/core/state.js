/**
 * What is true after a fact: the twin of `conferences/core/evolve.py`, for the part of the state that browsers keep.
 * Pure: pictures are never changed, only replaced.
 *
 * @import {AnyEvent, Participant, ParticipantAdmitted, ParticipantJoined, ParticipantReached, Picture} from "conferences/core/messages.js"
 */

import { CALL_RULES, QUIET } from "conferences/core/calls.js";
import { CAPTION_RULES, withoutWriter } from "conferences/core/captions.js";
import { CHAT_RULES } from "conferences/core/chat.js";
import { LINK_RULES } from "conferences/core/shared_links.js";
import { AGENDA_RULES } from "conferences/core/agenda.js";
import { HALL_RULES, withoutLeadOf } from "conferences/core/hall.js";
import { BILLING_RULES } from "conferences/core/billing.js";
import { NOTES_RULES } from "conferences/core/notes.js";
import { BOARD_RULES } from "conferences/core/board.js";
import { SLIDE_RULES } from "conferences/core/slides.js";
import { FLOOR_RULES } from "conferences/core/floor.js";
import { POLL_RULES } from "conferences/core/polls.js";
import { RECORDING_RULES } from "conferences/core/recording.js";
import { QUESTION_RULES } from "conferences/core/questions.js";
import { change, without } from "conferences/core/seats.js";

/** @typedef {{[T in AnyEvent["type"]]: (picture: Picture, event: Extract<AnyEvent, {type: T}>) => Picture}} Rules */
/**
 * The rules of one namespace.
 *
 * @template {string} Namespace
 * @typedef {Pick<Rules, Extract<AnyEvent["type"], `${Namespace}.${string}`>>} RulesOf
 */

/** @type {Rules} */
const RULES = {
  // The conference
  "conference.created": (picture, event) => ({ ...picture, name: event.name, policy: event.policy }),
  "conference.opened": (picture, event) => ({ ...picture, status: "open", opened_at: event.at }),
  "conference.locked": (picture) => ({ ...picture, locked: true }),
  "conference.unlocked": (picture) => ({ ...picture, locked: false }),
  "policy.changed": (picture, event) => ({ ...picture, policy: event.policy }),
  "conference.warned": (picture, event) => ({
    ...picture,
    warning: { reason: event.reason, ends_at: event.ends_at },
  }),
  "conference.warning_lifted": (picture) => ({ ...picture, warning: null }),
  "conference.presence_asked": (picture, event) => ({ ...picture, answer_by: event.answer_by }),
  "conference.presence_confirmed": (picture) => ({ ...picture, answer_by: 0 }),
  "conference.ended": (picture, event) => ({
    ...picture,
    status: "ended",
    end_reason: event.reason,
    warning: null,
    answer_by: 0,
    participants: {},
  }),

  // Coming and going
  "participant.joined": seat,
  "participant.admitted": seat,
  "participant.reached": reached,
  "participant.dropped": (picture, event) => change(picture, event.participant, { connected: false }),
  "participant.returned": (picture, event) => change(picture, event.participant, { connected: true }),
  "participant.renamed": (picture, event) => change(picture, event.participant, { name: event.name }),
  "participant.left": (picture, event) => ({
    ...picture,
    participants: without(picture.participants, event.participant),
    spotlight: picture.spotlight === event.participant ? "" : picture.spotlight,
    captions: withoutWriter(picture, event.participant),
    lead: withoutLeadOf(picture, event.participant),
  }),
  "conference.subscribed": (picture) => picture,
  "leg.opened": (picture) => picture,
  "leg.closed": (picture) => picture,
  "role.changed": (picture, event) => ({
    ...change(picture, event.participant, { role: event.role }),
    lead: event.role === "guest" ? withoutLeadOf(picture, event.participant) : picture.lead,
  }),

  // Sound and pictures
  "microphone.muted": (picture, event) => change(picture, event.participant, { microphone: false }),
  "microphone.unmuted": (picture, event) => change(picture, event.participant, { microphone: true }),
  "microphone.asked": (picture) => picture,
  "camera.started": (picture, event) => change(picture, event.participant, { camera: true }),
  "camera.stopped": (picture, event) => change(picture, event.participant, { camera: false }),
  "screen.shared": (picture, event) => change(picture, event.participant, { screen: true, sound: event.sound }),
  "screen.stopped": (picture, event) => change(picture, event.participant, { screen: false, sound: false }),

  // Hands and reactions
  "hand.raised": (picture, event) => change(picture, event.participant, { hand: picture.seq }),
  "hand.lowered": (picture, event) => change(picture, event.participant, { hand: 0 }),
  "reaction.sent": (picture) => picture,

  ...CALL_RULES,
  ...CAPTION_RULES,
  ...CHAT_RULES,
  ...LINK_RULES,
  ...SLIDE_RULES,
  ...BOARD_RULES,
  ...POLL_RULES,
  ...QUESTION_RULES,
  ...FLOOR_RULES,
  ...AGENDA_RULES,
  ...HALL_RULES,
  ...BILLING_RULES,
  ...NOTES_RULES,
  ...RECORDING_RULES,
};

/**
 * What is true after `event`; null is an event that this browser may not hear, and only counts.
 *
 * @param {Picture} picture
 * @param {AnyEvent | null} event
 * @returns {Picture}
 */
export function evolve(picture, event) {
  const counted = { ...picture, seq: picture.seq + 1 };
  if (event === null) return counted;
  const rule = /** @type {((picture: Picture, event: AnyEvent) => Picture) | undefined} */ (RULES[event.type]);
  return rule ? rule(counted, event) : counted;
}

/**
 * @param {Picture} picture
 * @param {ParticipantJoined | ParticipantAdmitted} event
 * @returns {Picture}
 */
function seat(picture, event) {
  /** @type {Participant} */
  const newcomer = {
    id: event.participant,
    name: event.name,
    role: event.role,
    joined_at: event.at,
    entitled: event.entitled,
    web: event.web,
    phone: event.phone,
    connected: "connected" in event ? event.connected : true,
    microphone: false,
    camera: false,
    screen: false,
    sound: false,
    hand: 0,
    held: false,
    line: "good",
  };
  const others = without(picture.participants, event.participant);
  return { ...picture, participants: { ...others, [event.participant]: newcomer } };
}

/**
 * @param {Picture} picture
 * @param {ParticipantReached} event
 * @returns {Picture}
 */
function reached(picture, { participant, web, phone }) {
  const unseen = web ? {} : { camera: false, screen: false, sound: false };
  return change(picture, participant, { web, phone, ...unseen, ...(phone ? {} : QUIET) });
}

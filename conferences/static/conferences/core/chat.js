/**
 * The chat in the picture: what follows from its facts. Pure. Twin of `conferences/core/evolution/chat.py`.
 *
 * @import {ChatSent, ChatWhispered, Picture} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

/** Lines that a picture holds. */
const CHAT_KEPT = 500;

/** @type {RulesOf<"chat">} */
export const CHAT_RULES = {
  "chat.sent": (picture, event) => sent(picture, event, ""),
  "chat.whispered": (picture, event) => sent(picture, event, event.to),
};

/**
 * @param {Picture} picture
 * @param {ChatSent | ChatWhispered} event
 * @param {string} to
 * @returns {Picture}
 */
function sent(picture, { at, participant, name, text }, to) {
  const line = { id: picture.seq, at, participant, name, text, to };
  return { ...picture, chat: [...picture.chat, line].slice(-CHAT_KEPT) };
}

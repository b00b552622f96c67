/**
 * The chat in the picture: what follows from its facts, and questions one asks about it. Pure.
 * Twin of `conferences/core/evolution/chat.py`.
 *
 * @import {ChatFile, ChatLine, ChatReacted, ChatSent, ChatWhispered, Participant, Picture, Policy} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

import { presents } from "conferences/core/people.js";

/** Lines for everyone that a picture holds, and lines between two. */
const LINES_KEPT = 500;
const PRIVATE_LINES_KEPT = 200;

const NOTHING = { text: "", file: null, reactions: [], reply: 0, edited: false, deleted: true };

/** @type {RulesOf<"chat">} */
export const CHAT_RULES = {
  "chat.sent": (picture, event) => sent(picture, event, ""),
  "chat.whispered": (picture, event) => sent(picture, event, event.to),
  "chat.edited": (picture, { line, text }) => change(picture, line, () => ({ text, edited: true })),
  "chat.deleted": (picture, { line }) => change(picture, line, () => NOTHING),
  "chat.reacted": (picture, event) => change(picture, event.line, ({ reactions }) => ({ reactions: reacted(reactions, event) })),
};

/**
 * @param {Picture} picture
 * @param {ChatSent | ChatWhispered} event
 * @param {string} to
 * @returns {Picture}
 */
function sent(picture, { at, participant, name, text, reply, file }, to) {
  const line = { id: picture.seq, at, participant, name, text, to, reply, file, edited: false, deleted: false, reactions: [] };
  return { ...picture, chat: kept([...picture.chat, line], line) };
}

/**
 * Without the oldest of the conversation to which the last one belongs, if that has grown too long.
 *
 * @param {ChatLine[]} lines
 * @param {ChatLine} last
 */
function kept(lines, last) {
  const most = last.to ? PRIVATE_LINES_KEPT : LINES_KEPT;
  if (lines.length <= most) return lines;
  const together = lines.filter((line) => between(line) === between(last));
  return together.length > most ? lines.filter((line) => line !== together[0]) : lines;
}

/** @param {ChatLine} line */
const between = ({ participant, to }) => (to ? [participant, to].sort().join(" ") : "");

/**
 * @param {ChatLine["reactions"]} reactions
 * @param {ChatReacted} event
 */
function reacted(reactions, { participant, name, reaction, on }) {
  const others = reactions.filter((given) => given.participant !== participant || given.reaction !== reaction);
  return on ? [...others, { reaction, participant, name }] : others;
}

/**
 * @param {Picture} picture
 * @param {number} id
 * @param {(line: ChatLine) => Partial<ChatLine>} changes
 * @returns {Picture}
 */
function change(picture, id, changes) {
  return { ...picture, chat: picture.chat.map((line) => (line.id === id ? { ...line, ...changes(line) } : line)) };
}

/**
 * The reactions to a line: each once, in the order in which they came, with who gave it.
 *
 * @param {ChatLine} line
 * @param {string} you
 */
export function counted({ reactions }, you) {
  return [...new Set(reactions.map(({ reaction }) => reaction))].map((reaction) => {
    const given = reactions.filter((one) => one.reaction === reaction);
    return { reaction, names: given.map(({ name }) => name), own: given.some(({ participant }) => participant === you) };
  });
}

/**
 * What one may do with a line.
 *
 * @param {ChatLine} line
 * @param {Participant | null} me
 */
export function possible({ participant, file, deleted }, me) {
  const own = participant === me?.id;
  return {
    react: !deleted && me !== null,
    reply: !deleted && me !== null,
    edit: !deleted && own && !file,
    copy: !deleted,
    delete: !deleted && (own || me?.role === "host"),
  };
}

/**
 * @param {Policy | undefined} policy
 * @param {Participant | null} me
 */
export function maySendFiles(policy, me) {
  if (!policy || !me || policy.chat_files === "nobody") return false;
  return policy.chat_files === "everyone" || presents(me);
}

/** @param {ChatFile | null} file */
export const isPicture = (file) => Boolean(file?.width);

/**
 * The last line of one's own that one may edit.
 *
 * @param {ChatLine[]} lines
 * @param {Participant | null} me
 */
export function lastOwn(lines, me) {
  return lines.findLast((line) => possible(line, me).edit);
}

/**
 * The chat as a text, for the clipboard or a file.
 *
 * @param {ChatLine[]} lines
 * @param {{time: (at: number) => string, text: (name: "line" | "whisper" | "quote" | "file" | "deleted" | "edited", values: Record<string, string>) => string, nameOf: (id: string) => string}} by
 */
export function asText(lines, { time, text, nameOf }) {
  const known = new Map(lines.map((line) => [line.id, line]));
  /** @param {ChatLine} line */
  const said = (line) => {
    if (line.deleted) return text("deleted", {});
    if (line.file) return text("file", { name: line.file.name });
    return line.edited ? text("edited", { text: line.text }) : line.text;
  };
  return lines.map((line) => {
    const values = { time: time(line.at), name: line.name, to: nameOf(line.to), text: said(line) };
    const answered = known.get(line.reply);
    const quote = answered ? [`    ${text("quote", { name: answered.name, text: shortened(said(answered)) })}`] : [];
    return [text(line.to ? "whisper" : "line", values), ...quote].join("\n");
  }).join("\n");
}

const SHORT = 140;

/**
 * The beginning of a text, in one line.
 *
 * @param {string} text
 */
export function shortened(text) {
  const letters = [...text.replace(/\s+/gu, " ").trim()];
  return letters.length > SHORT ? `${letters.slice(0, SHORT).join("")}…` : letters.join("");
}

/**
 * The lines of the chat: links are links, all else is text.
 *
 * @import {ChatLine, Participant} from "conferences/core/messages.js"
 */

import { pieces } from "conferences/core/links.js";
import { keep, made, part, the } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

const TOGETHER_MS = 3 * 60_000;

const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language || undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(language || undefined, { weekday: "long", day: "numeric", month: "long" });

/** @typedef {{key: string, line: ChatLine, day: boolean, follows: boolean}} Entry */

/**
 * @param {ChatLine[]} lines
 * @param {string} you
 * @param {Record<string, Participant>} participants
 */
export function drawLines(lines, you, participants) {
  part("chat-empty", HTMLElement).hidden = lines.length > 0;
  keep({
    list: part("chat-lines", HTMLElement),
    items: entries(lines),
    key: ({ key }) => key,
    make: (entry) => (entry.day ? dayMade(entry.line) : lineMade(entry.line, you, participants)),
    draw: (element, { follows }) => void element.toggleAttribute("data-follows", follows),
  });
}

/**
 * The lines, with a heading where another day begins.
 *
 * @param {ChatLine[]} lines
 * @returns {Entry[]}
 */
function entries(lines) {
  return lines.flatMap((line, index) => {
    const before = lines[index - 1];
    const newDay = before !== undefined && day.format(before.at) !== day.format(line.at);
    const entry = { key: String(line.id), line, day: false, follows: !newDay && follows(line, before) };
    return newDay ? [{ key: `day ${line.id}`, line, day: true, follows: false }, entry] : [entry];
  });
}

/**
 * Whether a line belongs to what the same person just wrote to the same people.
 *
 * @param {ChatLine} line
 * @param {ChatLine | undefined} before
 */
function follows(line, before) {
  if (!before || before.participant !== line.participant || before.to !== line.to) return false;
  return before.name === line.name && line.at - before.at < TOGETHER_MS;
}

/** @param {ChatLine} line */
function dayMade({ at }) {
  const element = made("chat-day");
  the("time", HTMLElement, element).textContent = day.format(at);
  return element;
}

/**
 * @param {ChatLine} line
 * @param {string} you
 * @param {Record<string, Participant>} participants
 */
function lineMade({ participant, name, text, at, to }, you, participants) {
  const element = made("chat-line");
  element.toggleAttribute("data-own", participant === you);
  element.toggleAttribute("data-private", to !== "");
  the(".line-name", HTMLElement, element).textContent = name;
  const time = the("time", HTMLTimeElement, element);
  time.textContent = clock.format(at);
  time.dateTime = new Date(at).toISOString();
  const secret = the(".line-private", HTMLElement, element);
  secret.hidden = !to;
  if (to) secret.textContent = to === you ? words("private_from") : words("private_to", { name: participants[to]?.name ?? "…" });
  the(".line-text", HTMLElement, element).append(...pieces(text).map(nodeOf));
  return element;
}

/** @param {import("conferences/core/links.js").Piece} piece */
function nodeOf({ text, href }) {
  if (!href) return text;
  const link = document.createElement("a");
  Object.assign(link, { href, textContent: text, target: "_blank", rel: "noopener noreferrer" });
  return link;
}

/**
 * The lines of the chat: links are links, all else is text. A line is drawn anew when something became of it.
 *
 * @import {ChatFile, ChatLine, Participant} from "conferences/core/messages.js"
 */

import { counted, isPicture, possible, shortened } from "conferences/core/chat.js";
import { pieces } from "conferences/core/links.js";
import { locale, sizeOf } from "conferences/ui/locale.js";
import { all, keep, made, part, the } from "conferences/ui/parts.js";
import { faceOf } from "conferences/ui/reactions.js";
import { words } from "conferences/ui/words.js";

const TOGETHER_MS = 3 * 60_000;

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });

/** @typedef {{key: string, line: ChatLine, is: "line" | "day" | "unread", follows: boolean}} Entry */
/** @typedef {{lines: ChatLine[], me: Participant | null, participants: Record<string, Participant>, unread: number}} Seen */

/** @type {WeakMap<HTMLElement, unknown[]>} what each element was last drawn of */
const drawn = new WeakMap();

/** @param {Seen} seen */
export function drawLines(seen) {
  const { lines, unread } = seen;
  const known = new Map(lines.map((line) => [line.id, line]));
  part("chat-empty", HTMLElement).hidden = lines.length > 0;
  keep({
    list: part("chat-lines", HTMLElement),
    items: entries(lines, unread),
    key: ({ key }) => key,
    make: entryMade,
    draw: (element, { is, line, follows }) => {
      if (is !== "line") return;
      element.toggleAttribute("data-follows", follows);
      const answered = known.get(line.reply);
      const of = [line, answered, seen.me?.role];
      if (drawn.get(element)?.every((one, index) => one === of[index])) return;
      drawn.set(element, of);
      drawLine(element, { line, answered, seen });
    },
  });
}

/**
 * The lines, with a heading where another day begins and where one has not read on.
 *
 * @param {ChatLine[]} lines
 * @param {number} unread the id of the first one that was not read
 * @returns {Entry[]}
 */
function entries(lines, unread) {
  return lines.flatMap((line, index) => {
    const before = lines[index - 1];
    const newDay = before !== undefined && day.format(before.at) !== day.format(line.at);
    const isUnread = line.id === unread && before !== undefined;
    /** @type {Entry[]} */
    const found = [];
    if (newDay) found.push({ key: `day ${line.id}`, line, is: "day", follows: false });
    if (isUnread) found.push({ key: "unread", line, is: "unread", follows: false });
    return [...found, { key: String(line.id), line, is: "line", follows: !found.length && follows(line, before) }];
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

/** @param {Entry} entry */
function entryMade({ is, line }) {
  if (is === "unread") return made("chat-unread");
  if (is === "line") return made("chat-line");
  const element = made("chat-day");
  the("time", HTMLElement, element).textContent = day.format(line.at);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {{line: ChatLine, answered: ChatLine | undefined, seen: Seen}} what
 */
function drawLine(element, { line, answered, seen }) {
  const { text, file, deleted, edited } = line;
  const you = seen.me?.id ?? "";
  element.toggleAttribute("data-own", line.participant === you);
  element.toggleAttribute("data-private", line.to !== "");
  element.toggleAttribute("data-deleted", deleted);
  drawHead(element, line, seen);
  drawQuote(element, line, answered);
  const said = the(".line-text", HTMLElement, element);
  said.hidden = !text;
  said.replaceChildren(...pieces(text).map(nodeOf));
  drawFile(element, file);
  the(".line-gone", HTMLElement, element).hidden = !deleted;
  the(".line-edited", HTMLElement, element).hidden = !edited;
  drawTools(element, line, seen.me);
  drawReactions(element, line, you);
}

/**
 * @param {HTMLElement} element
 * @param {ChatLine} line
 * @param {Seen} seen
 */
function drawHead(element, { name, at, to }, { me, participants }) {
  the(".line-name", HTMLElement, element).textContent = name;
  const time = the("time", HTMLTimeElement, element);
  time.textContent = clock.format(at);
  time.dateTime = new Date(at).toISOString();
  const secret = the(".line-private", HTMLElement, element);
  secret.hidden = !to;
  if (to) secret.textContent = to === me?.id ? words("private_from") : words("private_to", { name: participants[to]?.name ?? "…" });
}

/**
 * @param {HTMLElement} element
 * @param {ChatLine} line
 * @param {ChatLine | undefined} answered
 */
function drawQuote(element, { reply }, answered) {
  const quote = the(".line-quote", HTMLButtonElement, element);
  quote.hidden = !reply;
  quote.disabled = !answered;
  the(".line-quote-name", HTMLElement, quote).textContent = answered?.name ?? "";
  the(".line-quote-text", HTMLElement, quote).textContent = answered ? gist(answered) : words("chat_gone");
}

/**
 * What a line says, in few words.
 *
 * @param {ChatLine} line
 */
export function gist({ text, file, deleted }) {
  if (deleted) return words("chat_deleted");
  return file ? file.name : shortened(text);
}

/**
 * @param {HTMLElement} element
 * @param {ChatFile | null} file
 */
function drawFile(element, file) {
  const picture = the(".line-picture", HTMLElement, element);
  const link = the(".line-file", HTMLAnchorElement, element);
  picture.hidden = !isPicture(file);
  link.hidden = !file || isPicture(file);
  if (!file) return picture.replaceChildren();
  if (isPicture(file)) return drawPicture(picture, file);
  link.href = `${file.url}original`;
  the(".line-file-name", HTMLElement, link).textContent = file.name;
  the(".line-file-size", HTMLElement, link).textContent = sizeOf(file.size);
}

/**
 * @param {HTMLElement} picture
 * @param {ChatFile} file
 */
function drawPicture(picture, { name, url, width, height }) {
  if (picture.childElementCount) return;
  picture.append(Object.assign(new Image(), { width, height, alt: name, loading: "lazy", decoding: "async", src: `${url}preview.webp` }));
  picture.title = name;
}

/**
 * @param {HTMLElement} element
 * @param {ChatLine} line
 * @param {Participant | null} me
 */
function drawTools(element, line, me) {
  const tools = the(".line-tools", HTMLElement, element);
  tools.setAttribute("aria-label", words("chat_tools", { name: line.name }));
  const { reply } = possible(line, me);
  if (!reply && tools.contains(document.activeElement)) element.focus({ preventScroll: true });
  tools.hidden = !reply;
}

/**
 * @param {HTMLElement} element
 * @param {ChatLine} line
 * @param {string} you
 */
function drawReactions(element, line, you) {
  const pills = the(".line-reactions", HTMLElement, element);
  if (pills.contains(document.activeElement)) element.focus({ preventScroll: true });
  keep({
    list: pills,
    items: counted(line, you),
    key: ({ reaction }) => reaction,
    make: () => made("chat-reaction"),
    draw: (pill, { reaction, names, own }) => {
      const label = words("chat_reacted", { reaction: nameOf(reaction), names });
      pill.dataset.lineReaction = reaction;
      pill.setAttribute("aria-pressed", String(own));
      pill.setAttribute("aria-label", label);
      pill.title = label;
      the("use", SVGUseElement, pill).setAttribute("href", faceOf(reaction));
      pill.dataset.count = String(names.length);
    },
  });
}

/** @param {string} reaction */
const nameOf = (reaction) => all(`[role=menuitem][data-line-reaction="${reaction}"]`)[0]?.ariaLabel ?? "";

/** @param {import("conferences/core/links.js").Piece} piece */
function nodeOf({ text, href }) {
  if (!href) return text;
  const link = document.createElement("a");
  Object.assign(link, { href, textContent: text, target: "_blank", rel: "noopener noreferrer" });
  return link;
}

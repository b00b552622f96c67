/**
 * What one does with a line of the chat: by its tools, its menu, keys, or a long press.
 *
 * @import {ChatLine, ReactToChat} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { possible } from "conferences/core/chat.js";
import { openPicture } from "conferences/ui/chat_files.js";
import { copyText } from "conferences/ui/copy.js";
import { openMenu } from "conferences/ui/menu.js";
import { all, part, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";

/** @typedef {ReactToChat["reaction"]} Reaction */

const LONG_MS = 500;
/** Pixels; no finger rests quite still. */
const TREMBLE = 10;
const LIT_MS = 1_600;

/** The line whose menu is open. */
let chosen = 0;

/** @param {Meeting} meeting */
export function chatActions(meeting) {
  const lines = part("chat-lines", HTMLElement);
  lines.addEventListener("click", ({ target }) => click(meeting, target));
  lines.addEventListener("keydown", (event) => step(lines, event));
  lines.addEventListener("focusin", ({ target }) => rove(lines, target));
  longPress(meeting, lines);
  for (const name of ["react", "line"])
    part(`menu-${name}`, HTMLElement).addEventListener("click", ({ target }) => choose(meeting, target));
  return () => {
    if (!lines.contains(document.activeElement)) rove(lines, lines.querySelector(":scope > .line:last-of-type"));
  };
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 */
function click(meeting, target) {
  const button = target instanceof Element ? target.closest("[data-line-do], [data-line-menu]") : null;
  const line = lineAt(meeting, button);
  if (!(button instanceof HTMLElement) || !line) return;
  const { lineDo, lineMenu, lineReaction } = button.dataset;
  if (lineMenu) return open(meeting, { line, name: lineMenu, button });
  if (lineDo === "react") react(meeting, line, /** @type {Reaction} */ (lineReaction));
  if (lineDo === "jump") jump(line.reply);
  if (lineDo === "picture" && line.file) openPicture(line.file);
  if (lineDo === "reply") act(meeting, line, "reply");
}

/**
 * @param {Meeting} meeting
 * @param {Element | null} element
 * @returns {ChatLine | undefined}
 */
function lineAt({ live }, element) {
  const row = element?.closest(".line");
  return row instanceof HTMLElement ? live.picture?.chat.find(({ id }) => String(id) === row.dataset.key) : undefined;
}

/**
 * @param {Meeting} meeting
 * @param {{line: ChatLine, name: string, button: HTMLElement}} wanted
 */
function open({ live }, { line, name, button }) {
  const may = possible(line, live.me);
  if (!may.copy) return;
  chosen = line.id;
  const menu = part(`menu-${name}`, HTMLElement);
  for (const item of all("[data-line-item]", menu)) item.hidden = !may[/** @type {keyof typeof may} */ (item.dataset.lineItem)];
  openMenu({ name, button });
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 */
function choose(meeting, target) {
  const item = target instanceof Element ? target.closest("[role=menuitem]") : null;
  const line = meeting.live.picture?.chat.find(({ id }) => id === chosen);
  if (!(item instanceof HTMLElement) || !line) return;
  const { lineReaction, lineItem } = item.dataset;
  if (lineReaction) react(meeting, line, /** @type {Reaction} */ (lineReaction));
  else act(meeting, line, lineItem ?? "");
}

/**
 * @param {Meeting} meeting
 * @param {ChatLine} line
 * @param {Reaction} reaction
 */
function react({ live }, { id, reactions }, reaction) {
  const on = !reactions.some((given) => given.reaction === reaction && given.participant === live.you);
  live.submit({ type: "chat.react", line: id, reaction, on });
}

/**
 * @param {Meeting} meeting
 * @param {ChatLine} line
 * @param {string} what
 */
function act({ live, view }, line, what) {
  if (what === "delete") live.submit({ type: "chat.delete", line: line.id });
  if (what === "copy") void copyText(line.text || line.file?.name || "").then(() => say("chat_copied"));
  if (what === "edit") view.set({ edit: line.id, reply: 0 });
  if (what === "reply") view.set({ reply: line.id, edit: 0, to: otherOf(line, live.you) });
  if (what === "edit" || what === "reply") setTimeout(() => part("chat-text", HTMLElement).focus()); // after the menu gave it back
}

/**
 * With whom one has a private conversation.
 *
 * @param {ChatLine} line
 * @param {string} you
 */
const otherOf = ({ to, participant }, you) => (to && participant === you ? to : to && participant);

/**
 * To the line that another one answers.
 *
 * @param {number} id
 */
function jump(id) {
  const row = part("chat-lines", HTMLElement).querySelector(`:scope > [data-key="${id}"]`);
  if (!(row instanceof HTMLElement)) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
  row.toggleAttribute("data-lit", true);
  setTimeout(() => row.toggleAttribute("data-lit", false), LIT_MS);
}

/**
 * From line to line by arrows; the menu by its key or Enter.
 *
 * @param {HTMLElement} lines
 * @param {KeyboardEvent} event
 */
function step(lines, event) {
  const { target, key } = event;
  const row = target instanceof Element ? target.closest(".line") : null;
  if (!(row instanceof HTMLElement)) return;
  const rows = all(":scope > .line", lines);
  const at = rows.indexOf(row);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
  const menu = row === target && (key === "Enter" || key === "ContextMenu" || (key === "F10" && event.shiftKey));
  if (to === undefined && !menu) return;
  event.preventDefault();
  if (menu) the("[data-line-menu=line]", HTMLElement, row).click();
  else rows[to ?? at]?.focus();
}

/**
 * One of the lines is where Tab leads.
 *
 * @param {HTMLElement} lines
 * @param {EventTarget | null} target
 */
function rove(lines, target) {
  const row = target instanceof Element ? target.closest(".line") : null;
  if (!(row instanceof HTMLElement) || row.tabIndex === 0) return;
  for (const other of all(":scope > [tabindex='0']", lines)) other.tabIndex = -1;
  row.tabIndex = 0;
}

/**
 * Where a finger rests, the menu opens when it is lifted: lifting it would close one that is open already.
 *
 * @param {Meeting} meeting
 * @param {HTMLElement} lines
 */
function longPress(meeting, lines) {
  let waiting = 0;
  let [x, y] = [0, 0];
  let ripe = () => {};
  const stop = () => clearTimeout(waiting);
  lines.addEventListener("pointerdown", ({ target, pointerType, clientX, clientY }) => {
    stop();
    [x, y] = [clientX, clientY];
    ripe = () => {};
    const row = target instanceof Element && !target.closest("a, button:not(.line-picture)") ? target.closest(".line") : null;
    if (pointerType === "touch" && row) waiting = setTimeout(() => void (ripe = pressed(meeting, row)), LONG_MS);
  });
  const lift = () => {
    stop();
    setTimeout(ripe);
    ripe = () => {};
  };
  for (const end of ["pointerup", "pointercancel"]) lines.addEventListener(end, lift);
  lines.addEventListener("pointermove", ({ clientX, clientY }) => void (Math.hypot(clientX - x, clientY - y) > TREMBLE && stop()));
  lines.addEventListener("contextmenu", (event) => {
    if (event instanceof PointerEvent && event.pointerType === "touch") event.preventDefault();
  });
}

/**
 * A line that was pressed long enough lights up.
 *
 * @param {Meeting} meeting
 * @param {Element} row
 * @returns {() => void} what follows when it is let go
 */
function pressed(meeting, row) {
  row.toggleAttribute("data-lit", true);
  return () => {
    row.toggleAttribute("data-lit", false);
    const line = lineAt(meeting, row);
    if (line) open(meeting, { line, name: "line", button: the("[data-line-menu=line]", HTMLElement, row) });
  };
}

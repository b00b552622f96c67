/**
 * What people write, to everyone or to one alone.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { lastOwn } from "conferences/core/chat.js";
import { admitted } from "conferences/core/people.js";
import { drawLines, gist } from "conferences/ui/chat_lines.js";
import { commandLine } from "conferences/ui/command_line.js";
import { part } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

const NEAR_END = 60;

/** @param {Meeting} meeting */
export function chat(meeting) {
  const { live, view } = meeting;
  const root = part("chat", HTMLElement);
  const body = part("chat-body", HTMLElement);
  const text = part("chat-text", HTMLTextAreaElement);
  const newer = part("chat-newer", HTMLElement);
  listen(meeting, { body, text, newer });
  let [shown, read, unread] = [0, 0, 0];
  return () => {
    const opened = root.hidden && view.panel === "chat";
    root.hidden = view.panel !== "chat";
    if (root.hidden || !live.picture) return;
    const lines = live.picture.chat;
    const atEnd = opened || body.scrollHeight - body.scrollTop - body.clientHeight < NEAR_END;
    const last = lines.at(-1)?.id ?? 0;
    if (opened) unread = (read && lines.find(({ id, participant }) => id > read && participant !== live.you)?.id) || 0;
    drawLines({ lines, me: live.me, participants: live.picture.participants, unread });
    drawRecipients(meeting);
    drawAbout(meeting, text);
    if (atEnd) body.scrollTop = body.scrollHeight;
    else if (last > shown) newer.hidden = false;
    shown = read = last;
    if (opened) text.focus();
  };
}

/**
 * @param {Meeting} meeting
 * @param {{body: HTMLElement, text: HTMLTextAreaElement, newer: HTMLElement}} parts
 */
function listen(meeting, { body, text, newer }) {
  const { live, view } = meeting;
  const form = part("chat-form", HTMLFormElement);
  const commands = commandLine(meeting, text);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(meeting, text, commands);
  });
  text.addEventListener("keydown", (event) => type(meeting, { event, text, form, commands }));
  part("chat-about-end", HTMLElement).addEventListener("click", () => giveUp(meeting, text));
  part("chat-to", HTMLSelectElement).addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement) view.set({ to: target.value, reply: 0 });
  });
  newer.addEventListener("click", () => void (body.scrollTop = body.scrollHeight));
  body.addEventListener("scroll", () => {
    if (body.scrollHeight - body.scrollTop - body.clientHeight < NEAR_END) newer.hidden = true;
  });
  live.subscribe((news) => {
    if (news.what !== "event" || (news.event.type !== "chat.sent" && news.event.type !== "chat.whispered")) return;
    const { participant, name, text, file } = news.event;
    if (participant === live.you) return;
    if (view.panel !== "chat" || document.hidden) view.set({ unread: view.unread + 1 });
    else part("chat-said", HTMLElement).textContent = words("wrote", { name, text: file?.name ?? text });
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && view.panel === "chat") view.set({ unread: 0 });
  });
}

/**
 * @param {Meeting} meeting
 * @param {{event: KeyboardEvent, text: HTMLTextAreaElement, form: HTMLFormElement, commands: import("conferences/ui/command_line.js").CommandLine}} parts
 */
function type(meeting, { event, text, form, commands }) {
  const { view, live } = meeting;
  if (event.isComposing || commands.takes(event)) return;
  if (event.key === "Escape" && (view.edit || view.reply)) {
    event.stopPropagation();
    giveUp(meeting, text);
  }
  if (event.key === "ArrowUp" && !text.value && !view.edit) {
    const own = lastOwn(live.picture?.chat ?? [], live.me);
    if (own) event.preventDefault();
    if (own) view.set({ edit: own.id, reply: 0 });
  }
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  form.requestSubmit();
}

/**
 * No answer and no edit any more.
 *
 * @param {Meeting} meeting
 * @param {HTMLTextAreaElement} text
 */
function giveUp({ view }, text) {
  view.set({ edit: 0, reply: 0 });
  text.focus();
}

/**
 * @param {Meeting} meeting
 * @param {HTMLTextAreaElement} text
 * @param {import("conferences/ui/command_line.js").CommandLine} commands
 */
function send({ live, view }, text, commands) {
  const typed = text.value.trim();
  if (!typed) return;
  if (view.edit) {
    if (live.submit({ type: "chat.edit", line: view.edit, text: typed })) view.set({ edit: 0 });
    return;
  }
  const line = commands.run(typed);
  if (line === null) return;
  const whom = { ...(view.to && { to: view.to }), ...(view.reply && { reply: view.reply }) };
  if (line && !live.submit({ type: "chat.send", text: line, ...whom })) return;
  text.value = "";
  view.set({ reply: 0 });
}

/** What was being written before one began to edit, and the line that is edited. */
let [put, editing] = ["", 0];

/**
 * Which line one answers or edits.
 *
 * @param {Meeting} meeting
 * @param {HTMLTextAreaElement} text
 */
function drawAbout({ live, view }, text) {
  const line = live.picture?.chat.find(({ id, deleted }) => !deleted && id === (view.edit || view.reply));
  if (!line) view.edit = view.reply = 0;
  if (view.edit !== editing) {
    if (!editing) put = text.value;
    text.value = view.edit ? (line?.text ?? "") : put;
    editing = view.edit;
  }
  const about = part("chat-about", HTMLElement);
  about.hidden = !line;
  if (!line) return;
  const said = view.edit ? words("chat_editing") : words("chat_replying", { name: line.name, text: gist(line) });
  part("chat-about-text", HTMLElement).textContent = said;
}

/** @param {Meeting} meeting */
function drawRecipients({ live, view }) {
  const select = part("chat-to", HTMLSelectElement);
  const others = live.picture ? admitted(live.picture).filter(({ id, web }) => id !== live.you && web) : [];
  const known = others.map(({ id, name }) => `${id} ${name}`).join("\n");
  if (select.dataset.known !== known) {
    const everyone = select.options[0];
    select.replaceChildren(...(everyone ? [everyone] : []), ...others.map(({ id, name }) => new Option(name, id)));
    select.dataset.known = known;
  }
  if (view.to && !others.some(({ id }) => id === view.to)) view.to = ""; // gone: never write to everyone by surprise
  select.value = view.to;
  select.disabled = view.edit > 0;
  select.toggleAttribute("data-private", view.to !== "");
}

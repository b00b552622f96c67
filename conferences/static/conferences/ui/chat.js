/**
 * What people write, to everyone or to one alone.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { admitted } from "conferences/core/people.js";
import { drawLines } from "conferences/ui/chat_lines.js";
import { part } from "conferences/ui/parts.js";

const NEAR_END = 60;

/** @param {Meeting} meeting */
export function chat(meeting) {
  const { live, view } = meeting;
  const root = part("chat", HTMLElement);
  const body = part("chat-body", HTMLElement);
  const text = part("chat-text", HTMLTextAreaElement);
  const newer = part("chat-newer", HTMLElement);
  listen(meeting, { body, text, newer });
  let shown = 0;
  return () => {
    const opened = root.hidden && view.panel === "chat";
    root.hidden = view.panel !== "chat";
    if (root.hidden || !live.picture) return;
    const atEnd = opened || body.scrollHeight - body.scrollTop - body.clientHeight < NEAR_END;
    const last = live.picture.chat.at(-1)?.id ?? 0;
    drawLines(live.picture.chat, live.you, live.picture.participants);
    drawRecipients(meeting);
    if (atEnd) body.scrollTop = body.scrollHeight;
    else if (last > shown) newer.hidden = false;
    shown = last;
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
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(meeting, text);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  part("chat-to", HTMLSelectElement).addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement) view.set({ to: target.value });
  });
  newer.addEventListener("click", () => void (body.scrollTop = body.scrollHeight));
  body.addEventListener("scroll", () => {
    if (body.scrollHeight - body.scrollTop - body.clientHeight < NEAR_END) newer.hidden = true;
  });
  live.subscribe((news) => {
    if (news.what !== "event" || (news.event.type !== "chat.sent" && news.event.type !== "chat.whispered")) return;
    if (news.event.participant === live.you) return;
    if (view.panel !== "chat" || document.hidden) view.set({ unread: view.unread + 1 });
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && view.panel === "chat") view.set({ unread: 0 });
  });
}

/**
 * @param {Meeting} meeting
 * @param {HTMLTextAreaElement} text
 */
function send({ live, view }, text) {
  const line = text.value.trim();
  const whom = view.to ? { to: view.to } : {};
  if (line && live.submit({ type: "chat.send", text: line, ...whom })) text.value = "";
}

/** @param {Meeting} meeting */
function drawRecipients({ live, view }) {
  const select = part("chat-to", HTMLSelectElement);
  const others = live.picture ? admitted(live.picture).filter(({ id, phone }) => id !== live.you && !phone) : [];
  const known = others.map(({ id, name }) => `${id} ${name}`).join("\n");
  if (select.dataset.known !== known) {
    const everyone = select.options[0];
    select.replaceChildren(...(everyone ? [everyone] : []), ...others.map(({ id, name }) => new Option(name, id)));
    select.dataset.known = known;
  }
  if (view.to && !others.some(({ id }) => id === view.to)) view.to = ""; // gone: never write to everyone by surprise
  select.value = view.to;
  select.toggleAttribute("data-private", view.to !== "");
}

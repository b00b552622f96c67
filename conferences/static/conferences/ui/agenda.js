/**
 * The agenda: everyone reads it, who presents writes it, orders it, and goes through it.
 *
 * @import {AgendaItem} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { currentItem, moved, nextItem } from "conferences/core/agenda.js";
import { presents } from "conferences/core/people.js";
import { drawLeft } from "conferences/ui/agenda_now.js";
import { dragging } from "conferences/ui/drag.js";
import { all, keep, made, part, the } from "conferences/ui/parts.js";
import { filled, words } from "conferences/ui/words.js";

const MOST = 100;
const TICK_MS = 500;

/** @param {Meeting} meeting */
export function agenda(meeting) {
  const { view } = meeting;
  const root = part("agenda", HTMLElement);
  listen(meeting, root);
  setInterval(() => root.hidden || tick(meeting), TICK_MS);
  return () => {
    const opened = root.hidden && view.panel === "agenda";
    root.hidden = view.panel !== "agenda";
    if (root.hidden || !meeting.live.picture) return;
    draw(meeting, root);
    if (opened) the("h2", HTMLElement, root).focus();
  };
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} root
 */
function listen(meeting, root) {
  const list = part("agenda-list", HTMLElement);
  root.addEventListener("click", ({ target }) => act(meeting, target));
  root.addEventListener("change", ({ target }) => edit(meeting, target));
  list.addEventListener("keydown", (event) => step(meeting, event));
  part("agenda-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    add(meeting);
  });
  dragging({ list, handle: ".agenda-handle", drop: ({ from, to }) => move(meeting, from, to) });
}

/** @param {Meeting} meeting */
const itemsOf = ({ live }) => live.picture?.agenda.items ?? [];

/** @param {Element | null | undefined} element */
const idOf = (element) => Number(element?.closest("li")?.dataset.key);

/**
 * @param {Meeting} meeting
 * @param {AgendaItem[]} items
 */
const change = ({ live }, items) => live.submit({ type: "agenda.change", items });

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} root
 */
function draw(meeting, root) {
  const items = itemsOf(meeting);
  const manages = presents(meeting.live.me);
  const held = document.activeElement;
  part("agenda-empty", HTMLElement).hidden = items.length > 0;
  keep({
    list: part("agenda-list", HTMLElement),
    items: items.map((item, index) => ({ item, index })),
    key: ({ item }) => String(item.id),
    make: () => made("agenda-item"),
    draw: (row, { item, index }) => drawItem(meeting, row, { item, index }),
  });
  if (held instanceof HTMLElement && held !== document.activeElement && root.contains(held)) held.focus(); // it was moved
  part("agenda-form", HTMLElement).hidden = !manages || items.length >= MOST;
  drawSteps(meeting, manages);
}

/**
 * @param {Meeting} meeting
 * @param {boolean} manages
 */
function drawSteps({ live }, manages) {
  const agenda = live.picture?.agenda;
  const [now, next] = agenda ? [currentItem(agenda), nextItem(agenda)] : [];
  const [steps, forth, last] = ["agenda-steps", "agenda-next", "agenda-finish"].map((name) => part(name, HTMLElement));
  if (!steps || !forth || !last) return;
  const held = steps.contains(document.activeElement);
  steps.hidden = !manages || !(now || next);
  forth.hidden = !next;
  last.hidden = !now || Boolean(next);
  if (held && !document.activeElement?.checkVisibility()) (steps.hidden ? the("#agenda-heading", HTMLElement) : next ? forth : last).focus();
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} row
 * @param {{item: AgendaItem, index: number}} placed
 */
function drawItem(meeting, row, { item, index }) {
  const { live } = meeting;
  const { id, title, minutes, done } = item;
  const manages = presents(live.me);
  const now = live.picture?.agenda.current === id;
  const values = { title, place: index + 1, count: itemsOf(meeting).length };
  for (const element of all("[data-label]", row)) element.setAttribute("aria-label", filled(element.dataset.label ?? "", values));
  row.toggleAttribute("data-done", done);
  if (now) row.setAttribute("aria-current", "step");
  else row.removeAttribute("aria-current");
  part("now", HTMLElement, row).hidden = !now;
  const box = part("done", HTMLInputElement, row);
  Object.assign(box, { checked: done, disabled: !manages });
  part("title", HTMLElement, row).textContent = title;
  part("minutes", HTMLElement, row).textContent = words("agenda_minutes", { minutes });
  write(part("edit-title", HTMLInputElement, row), title);
  write(part("edit-minutes", HTMLInputElement, row), minutes ? String(minutes) : "");
  for (const name of ["handle", "edit-title", "edit-minutes-label"]) part(name, HTMLElement, row).hidden = !manages;
  for (const button of all("[data-agenda-do]", row)) button.hidden = !manages;
  the("[data-agenda-do=go]", HTMLElement, row).toggleAttribute("data-now", now);
  part("title", HTMLElement, row).hidden = manages;
  part("minutes", HTMLElement, row).hidden = manages || !minutes;
  drawRest(meeting, row, now);
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} row
 * @param {boolean} now
 */
function drawRest(meeting, row, now) {
  if (now) return drawLeft(meeting, row, "left");
  part("left", HTMLElement, row).hidden = true;
  row.removeAttribute("data-over");
}

/**
 * Not while somebody types there.
 *
 * @param {HTMLInputElement} field
 * @param {string} value
 */
function write(field, value) {
  if (field !== document.activeElement && field.value !== value) field.value = value;
}

/** @param {Meeting} meeting */
function tick(meeting) {
  for (const row of all("[aria-current]", part("agenda-list", HTMLElement))) drawLeft(meeting, row, "left");
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 */
function act(meeting, target) {
  const button = target instanceof Element ? target.closest("[data-agenda-do]") : null;
  if (!(button instanceof HTMLElement)) return;
  const { live } = meeting;
  const what = button.dataset.agendaDo;
  const now = live.picture && currentItem(live.picture.agenda);
  const next = live.picture && nextItem(live.picture.agenda);
  if (what === "remove") remove(meeting, idOf(button));
  if (what === "go") live.submit({ type: "agenda.go", item: live.picture?.agenda.current === idOf(button) ? 0 : idOf(button) });
  if (what === "next" || what === "finish") {
    if (now) live.submit({ type: "agenda.tick", item: now.id, done: true });
    live.submit({ type: "agenda.go", item: next?.id ?? 0 });
  }
}

/**
 * What had the focus goes away: it is given to what comes next.
 *
 * @param {Meeting} meeting
 * @param {number} id
 */
function remove(meeting, id) {
  const row = the(`[data-key="${id}"]`, HTMLElement, part("agenda-list", HTMLElement));
  const near = row.nextElementSibling ?? row.previousElementSibling;
  if (!change(meeting, itemsOf(meeting).filter((item) => item.id !== id))) return;
  (near ? the("[data-agenda-do=remove]", HTMLElement, near) : part("agenda-title", HTMLElement)).focus();
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 */
function edit(meeting, target) {
  if (!(target instanceof HTMLInputElement) || !target.closest("li")) return;
  const id = idOf(target);
  const { part: what } = target.dataset;
  if (what === "done") return void meeting.live.submit({ type: "agenda.tick", item: id, done: target.checked });
  const minutes = Math.round(Math.min(1_440, Math.max(0, target.valueAsNumber || 0)));
  const title = target.value.trim();
  const wish = what === "edit-minutes" ? { minutes } : title ? { title } : {};
  change(meeting, itemsOf(meeting).map((item) => (item.id === id ? { ...item, ...wish } : item)));
  meeting.view.changed();
}

/** @param {Meeting} meeting */
function add(meeting) {
  const items = itemsOf(meeting);
  const title = part("agenda-title", HTMLInputElement);
  const minutes = part("agenda-minutes", HTMLInputElement);
  const id = 1 + Math.max(0, ...items.map((item) => item.id));
  const item = { id, title: title.value.trim(), minutes: Math.round(minutes.valueAsNumber || 0), done: false };
  if (!item.title || !change(meeting, [...items, item])) return;
  title.value = minutes.value = "";
  title.focus();
}

/**
 * @param {Meeting} meeting
 * @param {KeyboardEvent} event
 */
function step(meeting, event) {
  const { target, key } = event;
  if (!(target instanceof Element) || !target.closest(".agenda-handle")) return;
  const from = itemsOf(meeting).findIndex(({ id }) => id === idOf(target));
  const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: itemsOf(meeting).length - 1 }[key];
  if (to === undefined) return;
  event.preventDefault();
  move(meeting, from, to);
}

/**
 * @param {Meeting} meeting
 * @param {number} from
 * @param {number} to
 */
function move(meeting, from, to) {
  const items = itemsOf(meeting);
  if (to < 0 || to >= items.length || to === from) return;
  if (!change(meeting, moved(items, from, to))) return;
  const values = { title: items[from]?.title ?? "", place: to + 1, count: items.length };
  part("agenda-said", HTMLElement).textContent = words("agenda_moved", values);
}

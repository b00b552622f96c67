/**
 * What is talked about now, above the stage, and how much of its time is left.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { currentItem, leftOf } from "conferences/core/agenda.js";
import { part } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { lasting } from "conferences/ui/toolbar.js";
import { words } from "conferences/ui/words.js";

const TICK_MS = 500;

/** @param {Meeting} meeting */
export function agendaNow(meeting) {
  const { live, view } = meeting;
  live.subscribe((news) => {
    if (news.what !== "event" || news.event.type !== "agenda.reached" || news.event.by === live.you) return;
    const item = live.picture && currentItem(live.picture.agenda);
    if (item && view.panel !== "agenda") say("agenda_item", { title: item.title });
  });
  setInterval(() => drawLeft(meeting, part("agenda-now", HTMLElement), "agenda-now-left"), TICK_MS);
  return () => {
    const banner = part("agenda-now", HTMLElement);
    const item = live.picture && currentItem(live.picture.agenda);
    banner.hidden = !item;
    part("agenda-now-title", HTMLElement).textContent = item?.title ?? "";
    drawLeft(meeting, banner, "agenda-now-left");
  };
}

/**
 * The rest of the current item's time, or by how much it is over.
 *
 * @param {Meeting} meeting
 * @param {HTMLElement} within
 * @param {string} name of the part that shows it
 */
export function drawLeft({ live }, within, name) {
  const left = live.picture ? leftOf(live.picture.agenda, live.now()) : null;
  const clock = part(name, HTMLElement, within);
  const over = left !== null && left <= 0;
  const time = lasting(Math.abs(Math.ceil((left ?? 0) / 1_000)) * 1_000);
  const text = over ? words("agenda_over", { time }) : time;
  if (clock.hidden !== (left === null)) clock.hidden = left === null;
  if (clock.textContent !== text) clock.textContent = text;
  if (within.hasAttribute("data-over") !== over) within.toggleAttribute("data-over", over);
}

/**
 * Everybody's timer: what is left of it, and a chime when it is over.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { part, the } from "conferences/ui/parts.js";
import { chime } from "conferences/ui/sounds.js";
import { say } from "conferences/ui/toasts.js";
import { lasting } from "conferences/ui/toolbar.js";

const TICK_MS = 250;
/** How long one sees that the time is up. */
const OVER_MS = 30_000;
/** Who comes this late hears no chime. */
const LATE_MS = 3_000;

/** @param {Meeting} meeting */
export function timer(meeting) {
  const { live } = meeting;
  const dialog = part("timer-dialog", HTMLDialogElement);
  the("[data-close]", HTMLElement, dialog).addEventListener("click", () => dialog.close());
  part("timer-form", HTMLFormElement).addEventListener("submit", () => {
    live.submit({ type: "timer.start", seconds: 60 * part("timer-minutes", HTMLInputElement).valueAsNumber });
  });
  live.subscribe((news) => {
    if (news.what === "event" && news.event.type === "timer.started")
      say("timer_started", { time: lasting(news.event.ends_at - news.event.at) });
  });
  let rung = 0;
  const draw = () => {
    const ends = live.picture?.timer?.ends_at ?? 0;
    const left = ends - live.now();
    drawLeft(left, ends > 0 && left > -OVER_MS);
    if (!ends || left > 0 || rung === ends) return;
    rung = ends;
    if (left > -LATE_MS) over();
  };
  setInterval(draw, TICK_MS);
  return draw;
}

/**
 * @param {number} left in milliseconds
 * @param {boolean} shown
 */
function drawLeft(left, shown) {
  const banner = part("timer", HTMLElement);
  if (banner.hidden === shown) banner.hidden = !shown;
  banner.toggleAttribute("data-over", left <= 0);
  const text = lasting(Math.ceil(left / 1_000) * 1_000);
  const clock = part("timer-left", HTMLElement);
  if (clock.textContent !== text) clock.textContent = text;
}

function over() {
  say("timer_over");
  chime([660, 880].map((frequency, index) => ({ frequency, after: index * 0.3, volume: 0.2, seconds: 0.8 })));
}

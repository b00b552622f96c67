/**
 * Everybody's timer: what is left of it, and a chime when it is over.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { part, the } from "conferences/ui/parts.js";
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
  chime();
}

/** Two soft tones. */
function chime() {
  const context = new AudioContext();
  const tones = [660, 880].map((frequency, index) => tone(context, frequency, context.currentTime + index * 0.3));
  tones.at(-1)?.addEventListener("ended", () => void context.close());
}

/**
 * @param {AudioContext} context
 * @param {number} frequency
 * @param {number} at
 */
function tone(context, frequency, at) {
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0.2, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.8);
  const voice = new OscillatorNode(context, { frequency });
  voice.connect(volume).connect(context.destination);
  voice.start(at);
  voice.stop(at + 0.8);
  return voice;
}

/**
 * Tones when others come and go, and when somebody knocks. Who does not want them silences them for themselves.
 *
 * @import {Tone} from "conferences/core/tones.js"
 * @import {Voice} from "conferences/ui/sounds.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { CALM_MS, toneOf } from "conferences/core/tones.js";
import { part } from "conferences/ui/parts.js";
import { chime } from "conferences/ui/sounds.js";

/** @type {Record<Tone, Voice[]>} */
const VOICES = {
  came: [
    { frequency: 523, after: 0, volume: 0.06, seconds: 0.35 },
    { frequency: 784, after: 0.12, volume: 0.06, seconds: 0.5 },
  ],
  went: [
    { frequency: 784, after: 0, volume: 0.05, seconds: 0.35 },
    { frequency: 523, after: 0.12, volume: 0.05, seconds: 0.5 },
  ],
  knock: [
    { frequency: 330, after: 0, volume: 0.25, seconds: 0.22 },
    { frequency: 330, after: 0.2, volume: 0.25, seconds: 0.3 },
  ],
};

/** @param {Meeting} meeting */
export function tones({ live, wishes }) {
  const wanted = part("settings-tones", HTMLInputElement);
  let last = 0;
  wanted.checked = wishes.tones;
  wanted.addEventListener("change", () => wishes.wantTones(wanted.checked));
  live.subscribe((news) => {
    if (news.what !== "event" || live.phase !== "live" || !wishes.tones) return;
    const tone = toneOf({ event: news.event, before: news.before, you: live.you, now: live.now() });
    if (!tone || Date.now() - last < CALM_MS) return;
    last = Date.now();
    chime(VOICES[tone]);
  });
  return () => {};
}

/**
 * Tells who talks while muted, by listening to the microphone here in the page alone.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { meter } from "conferences/media/meter.js";
import { say } from "conferences/ui/toasts.js";

const LISTEN_MS = 200;
const LOUD = 0.62;
const LONG = 4;
const QUIET_MS = 30_000;

/** @param {Meeting} meeting */
export function mutedNotice({ live, session, local }) {
  /** @type {{track: MediaStreamTrack, level(): number, stop(): void} | null} */
  let ear = null;
  let loud = 0;
  let told = 0;
  setInterval(() => {
    if (!ear) return;
    loud = ear.level() > LOUD ? loud + 1 : Math.max(0, loud - 1);
    if (loud < LONG || Date.now() - told < QUIET_MS) return;
    told = Date.now();
    say("still_muted");
  }, LISTEN_MS);
  return () => {
    const track = live.phase === "live" && !session.speaking ? local.tracks.microphone : null;
    if (track === (ear?.track ?? null)) return;
    ear?.stop();
    loud = 0;
    ear = track && { track, ...meter(track) };
  };
}

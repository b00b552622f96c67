/**
 * Which soft tone tells what happened, if any. Pure.
 *
 * @import {AnyEvent, Picture} from "conferences/core/messages.js"
 */

import { admitted } from "conferences/core/people.js";

/** In larger conferences nobody wants to hear of everyone who comes and goes. */
const FEW = 20;
/** What is heard of later than this was missed, and is over. */
const LATE_MS = 3_000;
/** At most one tone in this time. */
export const CALM_MS = 2_000;

/** @typedef {"came" | "went" | "knock"} Tone */

/**
 * @param {{event: AnyEvent, before: Picture, you: string, now: number}} heard
 * @returns {Tone | ""}
 */
export function toneOf({ event, before, you, now }) {
  if (!before.policy.tones || now - event.at > LATE_MS) return "";
  if (!("participant" in event) || event.participant === you) return "";
  if (event.type === "participant.joined" && event.role === "waiting") return before.participants[you]?.role === "host" ? "knock" : "";
  if (admitted(before).length > FEW) return "";
  if (event.type === "participant.joined" || event.type === "participant.admitted") return "came";
  const inside = before.participants[event.participant]?.role !== "waiting";
  return event.type === "participant.left" && inside ? "went" : "";
}

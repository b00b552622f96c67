/**
 * The frames between browser and server, beside the messages in them; and what the server's closing codes ask of us.
 * Pure.
 *
 * @import {AnyEvent, ClientCommand, ClientSignal, Picture, ServerSignal} from "conferences/core/messages.js"
 */

/** @typedef {{you: string, conference: string, server: string, now: number}} Here */
/** @typedef {{welcome: Picture, seq: number} & Here} Welcome */
/** @typedef {{resumed: number} & Here} Resumed */
/** @typedef {{seq: number, event: AnyEvent | null}} Numbered */
/** @typedef {{refused: string, ref?: number}} Refusal */
/** @typedef {Welcome | Resumed | Numbered | Refusal | {signal: ServerSignal}} ServerFrame */
/** @typedef {{seat: string, conference: string | null, seq: number | null}} Hello */
/** @typedef {Hello | {ref: number, command: ClientCommand} | {signal: ClientSignal}} ClientFrame */

export const PING_MS = 5_000;
export const DEAD_MS = 12_000;
const PAUSES_MS = [300, 1_000, 2_000, 2_000, 3_000, 3_000, 3_000, 3_000, 5_000, 8_000];
const LEAVING_MS = 400;

const CLOSED_FOR = /** @type {Record<number, "renew" | "refused" | "elsewhere" | "over">} */ ({
  4401: "renew",
  4403: "refused",
  4409: "elsewhere",
  4410: "over",
});

/** @param {number} code */
export function closedFor(code) {
  return CLOSED_FOR[code] ?? "resume";
}

/**
 * How long to wait before the next try; `chance` in 0..1 spreads the crowd.
 *
 * @param {{tries: number, chance: number, leaving: boolean}} after
 */
export function pauseMs({ tries, chance, leaving }) {
  const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0;
  return leaving && tries === 0 ? LEAVING_MS + chance * 1_500 : pause * (1 + chance / 2);
}

/**
 * A frame's messages: one object, or several in an array.
 *
 * @param {string} text
 * @returns {ServerFrame[]}
 */
export function unframed(text) {
  const frame = JSON.parse(text);
  return Array.isArray(frame) ? frame : [frame];
}

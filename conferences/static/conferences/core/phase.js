/**
 * Which of its states the conference page is in. Pure.
 *
 * @import {Picture} from "conferences/core/messages.js"
 */

/** @typedef {"idle" | "connecting" | "up" | "lost" | "closed"} Connection */
/** @typedef {"joining" | "waiting" | "live" | "reconnecting" | "ended"} Phase */
/**
 * Why a connection is over: the seat was refused, it is used in another tab, or the conference is over for us.
 *
 * @typedef {{why: "refused" | "elsewhere" | "over", reason: string}} Closing
 */

/**
 * @param {{connection: Connection, picture: Picture | null, you: string, closing: Closing | null, returning: boolean}} live
 * @returns {Phase}
 */
export function phaseOf({ connection, picture, you, closing, returning }) {
  if (connection === "closed") return closing?.why === "refused" ? "joining" : "ended";
  if (connection === "idle") return "joining";
  const me = picture?.participants[you];
  if (!me) return returning ? "reconnecting" : "joining";
  if (me.role === "waiting") return "waiting";
  return connection === "up" ? "live" : "reconnecting";
}

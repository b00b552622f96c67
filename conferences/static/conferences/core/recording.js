/**
 * What is recorded now. Pure. Twin of `conferences/core/evolution/recording.py`.
 *
 * @import {Picture, Recording} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

/** @type {RulesOf<"recording">} */
export const RECORDING_RULES = {
  "recording.started": (picture, { parts, at }) => ({
    ...picture,
    recording: {
      id: picture.seq,
      parts,
      started_at: at,
      status: "recording",
      paused_at: 0,
      paused_ms: 0,
      live: false,
      reduced: false,
      ran_over: false,
    },
  }),
  "recording.paused": (picture, { at }) => change(picture, { status: "paused", paused_at: at }),
  "recording.resumed": (picture, { at }) => {
    const paused = picture.recording;
    const paused_ms = paused ? paused.paused_ms + at - paused.paused_at : 0;
    return change(picture, { status: "recording", paused_at: 0, paused_ms });
  },
  "recording.stopped": (picture) => ({ ...picture, recording: null }),
  "recording.reduced": (picture) => change(picture, { reduced: true }),
  "recording.ran_over": (picture) => change(picture, { ran_over: true }),
  "recording.live_started": (picture) => change(picture, { live: true }),
  "recording.live_ended": (picture) => change(picture, { live: false }),
};

/**
 * @param {Picture} picture
 * @param {Partial<Recording>} changes
 * @returns {Picture}
 */
function change(picture, changes) {
  return picture.recording ? { ...picture, recording: { ...picture.recording, ...changes } } : picture;
}

/**
 * How long it is at `now`, without what was paused.
 *
 * @param {Recording} recording
 * @param {number} now milliseconds of the server's clock
 */
export const recordedMs = ({ started_at, paused_at, paused_ms }, now) =>
  Math.max(0, (paused_at || now) - started_at - paused_ms);

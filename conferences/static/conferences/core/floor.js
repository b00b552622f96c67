/**
 * Spotlight and timer in the picture. Pure. Twin of `conferences/core/evolution/floor.py`.
 *
 * @import {RulesOf} from "conferences/core/state.js"
 */

/** @type {RulesOf<"spotlight" | "timer">} */
export const FLOOR_RULES = {
  "spotlight.moved": (picture, { to }) => ({
    ...picture,
    spotlight: to,
    lead: picture.lead && to ? { ...picture.lead, large: "" } : picture.lead,
  }),
  "timer.started": (picture, { at, ends_at }) => ({ ...picture, timer: { started_at: at, ends_at } }),
  "timer.stopped": (picture) => ({ ...picture, timer: null }),
};

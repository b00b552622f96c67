/**
 * What the conference goes under in the books. Pure. Twin of `conferences/core/evolution/billing.py`.
 *
 * @import {RulesOf} from "conferences/core/state.js"
 */

/** @type {RulesOf<"billing">} */
export const BILLING_RULES = {
  "billing.coded": (picture, { code }) => ({ ...picture, billing_code: code }),
};

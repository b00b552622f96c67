/**
 * The page elsewhere to which everyone is invited. Pure. Twin of `conferences/core/evolution/shared_links.py`.
 *
 * @import {RulesOf} from "conferences/core/state.js"
 */

/** @type {RulesOf<"link">} */
export const LINK_RULES = {
  "link.shared": (picture, { url, title, participant, name }) => ({
    ...picture,
    link: { id: picture.seq, url, title, participant, name },
  }),
  "link.withdrawn": (picture) => ({ ...picture, link: null }),
};

/**
 * The host as the network knows it, so that no letter of another script passes for a Latin one.
 *
 * @param {string} url
 */
export function hostOf(url) {
  return URL.canParse(url) ? new URL(url).host : "";
}

/**
 * What somebody typed, as an address; without a scheme it is one of https.
 *
 * @param {string} typed
 */
export function addressOf(typed) {
  const text = typed.trim();
  const address = /^[a-z][a-z\d+.-]*:(?!\d)/iu.test(text) ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  const fine = url && /^https?:$/.test(url.protocol) && url.hostname.includes(".") && !url.username && !url.password;
  return fine ? url.href : "";
}

/** Finds links in what people write. Pure; whatever is no http or https address stays text. */

/** @typedef {{text: string, href?: string}} Piece */

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?)\]}»”’]+$/u;

/**
 * @param {string} text
 * @returns {Piece[]}
 */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = parsed(address);
    if (!href) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/**
 * An address without the punctuation of the sentence around it, but with a bracket that it opened itself.
 *
 * @param {string} address
 */
function trimmed(address) {
  const bare = address.replace(TRAILING, "");
  return bare.includes("(") && address[bare.length] === ")" ? `${bare})` : bare;
}

/** @param {string} address */
function parsed(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && url.hostname && /^https?:$/.test(url.protocol) ? url.href : "";
}

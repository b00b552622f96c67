/**
 * What is kept of a recording, by the clock that it had before any cut. All times in milliseconds. Pure.
 *
 * @typedef {{begin: number, end: number}} Range
 */

const TIME = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:[.,](\d{1,3}))?$/;

/**
 * `1:02:03.5`, `62:03` or `90` (seconds).
 *
 * @param {string} text
 * @returns {number | null} null: it is no time
 */
export function readTime(text) {
  const found = TIME.exec(text.trim());
  if (!found) return null;
  const [, hours, minutes, seconds, part] = found;
  return ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds)) * 1000 + Number((part ?? "").padEnd(3, "0"));
}

/** @param {number} time */
export function writeTime(time) {
  const whole = Math.floor(time / 1000);
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const part = time % 1000 ? `.${String(time % 1000).padStart(3, "0")}`.replace(/0+$/, "") : "";
  const tail = `${String(seconds).padStart(2, "0")}${part}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/**
 * What is left out, in order, without overlaps.
 *
 * @param {Range} kept
 * @param {Range[]} cuts
 * @param {number} length
 * @returns {Range[]}
 */
export function leftOut(kept, cuts, length) {
  const all = [{ begin: 0, end: kept.begin }, { begin: kept.end, end: length }, ...cuts];
  /** @type {Range[]} */
  const merged = [];
  for (const range of all.filter(({ begin, end }) => end > begin).sort((a, b) => a.begin - b.begin)) {
    const last = merged.at(-1);
    if (last && range.begin <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged;
}

/**
 * How much of it is played.
 *
 * @param {Range[]} out
 * @param {number} length
 */
export const lengthLeft = (out, length) => length - out.reduce((sum, { begin, end }) => sum + end - begin, 0);

/**
 * When that moment is played in a recording that leaves these out; a moment that is left out counts as the next
 * that is not.
 *
 * @param {number} time
 * @param {Range[]} out
 */
export const played = (time, out) =>
  out.reduce((sum, { begin, end }) => sum - Math.max(0, Math.min(time, end) - begin), time);

/**
 * A stretch to cut out, for a start: in the middle of what is kept, a tenth of it.
 *
 * @param {Range} kept
 * @returns {Range}
 */
export function proposed({ begin, end }) {
  const [middle, reach] = [(begin + end) / 2, (end - begin) / 20];
  return { begin: Math.round((middle - reach) / 1000) * 1000, end: Math.round((middle + reach) / 1000) * 1000 };
}

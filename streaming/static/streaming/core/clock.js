/**
 * How pictures keep to the sound: a little faster or slower while they are near it, with a leap when they are not. Pure.
 */

/** What nobody sees, in seconds. */
const NEAR = 0.08;
/** What is too far to be caught up with. */
const FAR = 0.4;
/** How much faster or slower nobody notices. */
const SPARE = 0.03;

/**
 * @param {{drift: number, rate: number, playing: boolean}} now `drift`: by how many seconds the picture is late
 * @returns {{rate: number, leap: boolean}}
 */
export function steer({ drift, rate, playing }) {
  const off = Math.abs(drift);
  if (off > FAR || (!playing && off > NEAR)) return { rate, leap: true };
  if (off <= NEAR) return { rate, leap: false };
  return { rate: rate * (1 + Math.sign(drift) * SPARE), leap: false };
}

/**
 * When silence ends, if nobody speaks at `t` for a while yet; else `t`.
 *
 * @param {{from_ms: number, to_ms: number}[]} talks
 * @param {number} t
 * @param {{least?: number, before?: number}} how `before`: what is heard of the silence
 */
export function afterSilence(talks, t, { least = 2_000, before = 300 } = {}) {
  if (talks.some(({ from_ms, to_ms }) => from_ms - before <= t && t < to_ms + before)) return t;
  const next = Math.min(...talks.filter(({ from_ms }) => from_ms > t).map(({ from_ms }) => from_ms));
  return Number.isFinite(next) && next - before - t >= least ? next - before : t;
}

/**
 * What one reads on a clock: 1:02:03.
 *
 * @param {number} ms
 */
export function clockText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/**
 * A moment as people write it in a link: 83, 83s, 1:23, 1h2m3s; null: none of these.
 *
 * @param {string | null} text
 * @returns {number | null} in milliseconds
 */
export function momentOf(text) {
  if (!text) return null;
  const parts = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,7})s?)?$/.exec(text);
  if (parts) return 1_000 * (3_600 * Number(parts[1] ?? 0) + 60 * Number(parts[2] ?? 0) + Number(parts[3] ?? 0));
  if (!/^\d{1,3}(:\d{1,2}){1,2}$/.test(text)) return null;
  return 1_000 * text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

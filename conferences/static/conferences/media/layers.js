/** In which sizes a camera is sent, so that everybody can get what their page shows and their network carries. Pure. */

/** @typedef {Pick<RTCRtpEncodingParameters, "active" | "maxBitrate" | "scaleResolutionDownBy">} Size */

const RIDS = ["q", "h", "f"];
/** Phones have less to compute and to send with. */
const LAYERS_OF_A_PHONE = 2;

/** The smallest first. @type {[scale: number, maxBitrate: number][][]} */
const SIZES = [
  [[1, 500_000]],
  [[2, 150_000], [1, 800_000]],
  [[4, 150_000], [2, 450_000], [1, 1_300_000]],
];
/** @type {[scale: number, maxBitrate: number][]} */
const SIZES_OF_A_PHONE = [[4, 150_000], [4 / 3, 800_000]];
/** Chromium leaves out the sharpest layers of a small picture: from so many lines on it sends two, and three. */
const LINES = [270, 540];

/**
 * The encodings to begin with; all there will ever be.
 *
 * @param {{phone: boolean}} who
 * @returns {RTCRtpEncodingParameters[]}
 */
export function encodings({ phone }) {
  const rids = phone ? RIDS.slice(0, LAYERS_OF_A_PHONE) : RIDS;
  return sizes({ lines: Infinity, layers: rids.length }).map((size, place) => ({ rid: rids[place] ?? "", ...size }));
}

/**
 * What the encodings are for a camera of so many lines, however it is turned; those that it is too small for are off.
 *
 * @param {{lines: number, layers: number}} picture
 * @returns {Size[]}
 */
export function sizes({ lines, layers }) {
  const most = Math.min(layers, 1 + LINES.filter((least) => lines >= least).length);
  const full = lines >= (LINES.at(-1) ?? 0) && layers === LAYERS_OF_A_PHONE;
  const fitting = (full ? SIZES_OF_A_PHONE : SIZES[most - 1]) ?? [];
  return Array.from({ length: layers }, (_, place) => {
    const [scaleResolutionDownBy, maxBitrate] = fitting[place] ?? [1, 0];
    return maxBitrate ? { active: true, scaleResolutionDownBy, maxBitrate } : { active: false };
  });
}

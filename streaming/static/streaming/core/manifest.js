/**
 * A bundle's `manifest.json` (docs/recording.md), and finding things in it. Pure.
 */

/** @typedef {{init: string, segments: number, segment_ms: number, codec: string}} Audio */
/** @typedef {{name: string, width: number, height: number, init: string, first: number, segments: number, codec: string}} Video */
/** @typedef {{participant: string, source: "camera" | "screen", file: string, from_ms: number, to_ms: number, width: number, height: number}} Track */
/** @typedef {{file: string, from_ms: number, key: boolean}} JournalPart */
/** @typedef {{t: number, kind: string, title: string}} Chapter */
/** @typedef {{participant: string, from_ms: number, to_ms: number}} Talk */
/** @typedef {{t: number, kind: "chat" | "caption" | "slide", text: string, participant?: string}} Found */
/** @typedef {{language: string, file: string}} Captions */
/** @typedef {{kind: string, file: string, bytes: number}} Download */
/**
 * @typedef {{
 *   v: number, id: string, version: number, title: string, began_at: number, ended: boolean, length_ms: number,
 *   audio: Audio, video: Video[], tracks: Track[], journal: JournalPart[], chapters: Chapter[], talks: Talk[],
 *   people: Record<string, string>, search: Found[], captions: Captions[], downloads: Download[], parts: string[],
 * }} Manifest
 */

/**
 * How far one can look, in milliseconds.
 *
 * @param {Manifest} manifest
 */
export function edgeOf({ ended, length_ms, audio }) {
  return ended ? length_ms : Math.max(0, audio.segments * audio.segment_ms);
}

/**
 * The track that shows a camera or a screen at a moment.
 *
 * @param {Track[]} tracks
 * @param {string} key `camera:p1`
 * @param {number} t
 */
export function trackAt(tracks, key, t) {
  return tracks.find(({ participant, source, from_ms, to_ms }) => `${source}:${participant}` === key && from_ms <= t && t < to_ms) ?? null;
}

/**
 * The chapter that a moment is in.
 *
 * @param {Chapter[]} chapters
 * @param {number} t
 */
export const chapterAt = (chapters, t) => chapters.findLast((chapter) => chapter.t <= t) ?? null;

/**
 * What is found by all the words that somebody typed, whatever their case and accents.
 *
 * @param {Found[]} search
 * @param {string} typed
 * @returns {Found[]}
 */
export function found(search, typed) {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  return search.filter(({ text }) => {
    const known = plain(text);
    return wanted.every((word) => known.includes(word));
  });
}

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

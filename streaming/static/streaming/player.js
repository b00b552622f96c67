/**
 * The sound of a recording, which is its clock: playing, seeking, speed. Knows no page.
 *
 * @import {Bundle} from "streaming/bundle.js"
 * @import {Manifest} from "streaming/core/manifest.js"
 */

import { afterSilence } from "streaming/core/clock.js";
import { edgeOf } from "streaming/core/manifest.js";
import { Segments } from "streaming/segments.js";

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
/** How far behind its edge a live recording is watched. */
const BEHIND_EDGE_MS = 6_000;
/** So near to the edge is live. */
const LIVE_MS = 14_000;
const HLS = "application/vnd.apple.mpegurl";
/** So many failures of the browser in so many milliseconds are overcome. */
const FAILURES = 3;
const FAILURES_MS = 60_000;

export class Player {
  /** @type {Manifest | null} */
  manifest = null;
  skips = false;
  /** The browser cannot play it. */
  broken = false;

  /** @type {Segments | null} */
  #segments = null;
  /** Where to begin once something can be played, in milliseconds. */
  #wanted = 0;
  /** When the browser could not go on. @type {number[]} */
  #failures = [];

  /** @param {{audio: HTMLAudioElement, bundle: Bundle, changed: () => void}} parts */
  constructor({ audio, bundle, changed }) {
    this.audio = audio;
    this.bundle = bundle;
    for (const name of ["play", "pause", "ended", "waiting", "playing", "seeking", "seeked", "ratechange", "volumechange", "canplay"])
      audio.addEventListener(name, changed);
    audio.addEventListener("loadedmetadata", () => this.#arrive());
    audio.addEventListener("error", () => this.#fail());
    this.changed = changed;
  }

  /** Where we are, in milliseconds. */
  get t() {
    if (!this.audio.readyState) return this.#wanted;
    return Math.max(0, Math.min(1_000 * this.audio.currentTime, this.edge || Infinity));
  }

  /** How far one can look. */
  get edge() {
    return this.manifest ? edgeOf(this.manifest) : 0;
  }

  get live() {
    return this.manifest !== null && !this.manifest.ended;
  }

  /** Whether what is played happens now. */
  get atEdge() {
    return this.live && this.edge - this.t < LIVE_MS;
  }

  get playing() {
    return !this.audio.paused && !this.audio.ended;
  }

  /** It should play, but there is nothing to be heard yet. */
  get stalled() {
    return this.playing && this.audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  /**
   * There is more, or another version: then go on where we were.
   *
   * @param {Manifest} manifest
   * @param {boolean} anew
   */
  take(manifest, anew) {
    const first = this.manifest === null;
    const { t, playing } = this;
    this.manifest = manifest;
    if (anew) this.#attach(manifest);
    if (first && this.live) this.#wanted ||= Math.max(0, this.edge - BEHIND_EDGE_MS);
    else if (anew && !first) this.#resume(t, playing);
    this.#segments?.grow({ end: manifest.audio.segments, ended: manifest.ended, length: manifest.length_ms / 1_000 });
  }

  /** @param {number} t in milliseconds */
  seek(t) {
    const to = Math.max(0, Math.min(t, this.edge || Infinity));
    this.#wanted = to;
    if (this.audio.readyState) this.audio.currentTime = to / 1_000;
    this.changed();
  }

  toLive() {
    this.seek(this.edge - BEHIND_EDGE_MS);
    this.play();
  }

  play() {
    if (this.audio.ended) this.seek(0);
    this.audio.play().catch(() => this.changed()); // not before the first click
  }

  toggle() {
    if (this.playing) this.audio.pause();
    else this.play();
  }

  /** @param {number} rate */
  pace(rate) {
    this.audio.preservesPitch = true;
    this.audio.defaultPlaybackRate = this.audio.playbackRate = rate;
  }

  get rate() {
    return this.audio.playbackRate;
  }

  /** Leave out that nobody speaks, if that is wished. */
  skip() {
    if (!this.skips || !this.playing || this.live || !this.manifest?.talks.length) return;
    const to = afterSilence(this.manifest.talks, this.t);
    if (to !== this.t) this.seek(to);
  }

  retry() {
    this.#segments?.retry();
  }

  /** @param {Manifest} manifest */
  #attach({ audio }) {
    this.#segments?.close();
    this.#segments = null;
    if (this.bundle.page.offline) return this.#play("audio.m4a");
    if ("ManagedMediaSource" in window && this.audio.canPlayType(HLS)) return this.#play("audio/index.m3u8");
    const { bundle } = this;
    this.#segments = new Segments(this.audio, {
      type: `audio/mp4; codecs="${audio.codec}"`,
      seconds: audio.segment_ms / 1_000,
      first: 0,
      init: async () => (await bundle.fetch(audio.init)).arrayBuffer(),
      segment: async (number, signal) => (await bundle.fetch(`audio/${number}.m4s`, signal)).arrayBuffer(),
      told: (failing) => (failing ? bundle.fail() : this.changed()),
    });
  }

  /** @param {string} file that the browser fetches itself */
  #play(file) {
    this.audio.src = this.bundle.url(file);
  }

  /**
   * @param {number} t
   * @param {boolean} playing
   */
  #resume(t, playing) {
    this.#wanted = t;
    if (playing) this.audio.addEventListener("loadedmetadata", () => this.play(), { once: true });
  }

  #arrive() {
    if (this.#wanted) this.audio.currentTime = this.#wanted / 1_000;
    this.changed();
  }

  /** A decoder may fail, and a loudspeaker may go away: begin anew where we were, but not for ever. */
  #fail() {
    if (!this.audio.getAttribute("src") || !this.manifest) return;
    this.#failures = [...this.#failures.filter((at) => Date.now() - at < FAILURES_MS), Date.now()];
    this.broken = this.#failures.length > FAILURES;
    if (!this.broken) this.take(this.manifest, true);
    this.changed();
  }
}

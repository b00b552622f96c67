/**
 * The film of a conference: what is shown while it runs, and where a browser cannot play what was sent. Fills its place
 * on the stage; its sound is the player's.
 *
 * @import {Bundle} from "streaming/bundle.js"
 * @import {Manifest, Video} from "streaming/core/manifest.js"
 * @import {Player} from "streaming/player.js"
 */

import { steer } from "streaming/core/clock.js";
import { Segments } from "streaming/segments.js";

export class Program {
  /** The name of the rendition that is chosen. */
  quality = "";
  /** @type {Segments | null} */
  #segments = null;
  #shown = "";

  /** @param {{video: HTMLVideoElement, bundle: Bundle, player: Player}} parts */
  constructor({ video, bundle, player }) {
    this.video = video;
    this.bundle = bundle;
    this.player = player;
  }

  /** @returns {Video[]} the best first */
  get renditions() {
    return [...(this.player.manifest?.video ?? [])].sort((one, other) => other.height - one.height);
  }

  /** @returns {Video | undefined} */
  get chosen() {
    return this.renditions.find(({ name }) => name === this.quality) ?? this.renditions[0];
  }

  /** @param {boolean} wanted */
  show(wanted) {
    const { manifest } = this.player;
    const chosen = wanted ? this.chosen : undefined;
    const key = chosen && manifest ? `${manifest.version} ${chosen.name}` : "";
    this.video.hidden = !chosen;
    if (key !== this.#shown) this.#attach(key, chosen, manifest);
    if (chosen && manifest)
      this.#segments?.grow({ end: chosen.first + chosen.segments, ended: manifest.ended, length: manifest.length_ms / 1_000 });
  }

  /**
   * @param {string} key
   * @param {Video | undefined} chosen
   * @param {Manifest | null} manifest
   */
  #attach(key, chosen, manifest) {
    this.#shown = key;
    this.#segments?.close();
    this.#segments = null;
    if (!chosen || !manifest) return;
    const { bundle } = this;
    const folder = chosen.init.slice(0, chosen.init.lastIndexOf("/"));
    this.#segments = new Segments(this.video, {
      type: `video/mp4; codecs="${chosen.codec}"`,
      seconds: manifest.audio.segment_ms / 1_000,
      first: chosen.first,
      init: async () => (await bundle.fetch(chosen.init)).arrayBuffer(),
      segment: async (number, signal) => (await bundle.fetch(`${folder}/${number}.m4s`, signal)).arrayBuffer(),
      told: (failing) => failing && bundle.fail(),
    });
    this.video.currentTime = this.player.t / 1_000;
  }

  /** Be where the sound is. */
  follow() {
    const { video, player } = this;
    if (!this.#segments || video.seeking) return;
    const playing = player.playing && !player.stalled;
    const drift = player.t / 1_000 - video.currentTime;
    const { rate, leap } = steer({ drift, rate: player.rate, playing });
    if (leap) video.currentTime = player.t / 1_000;
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (playing && video.paused) video.play().catch(() => {}); // taken away meanwhile
    if (!playing && !video.paused) video.pause();
  }
}

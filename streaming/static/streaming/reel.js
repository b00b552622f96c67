/**
 * The cameras and screens of a recording, each in a `<video>` that keeps to the sound. Only what is to be seen is fetched.
 * It stands where the session stands in a conference.
 *
 * @import {Film} from "conferences/ui/parts.js"
 * @import {Bundle} from "streaming/bundle.js"
 * @import {Track} from "streaming/core/manifest.js"
 * @import {Player} from "streaming/player.js"
 */

import { steer } from "streaming/core/clock.js";
import { trackAt } from "streaming/core/manifest.js";

/** @typedef {{track: Track, address: string, late: number}} Role what a video plays; `late`: how long its leaps take, in seconds */

export class Reel {
  /** Nobody here speaks or is shown. */
  speaking = false;
  showing = false;
  /** @type {Track[]} */
  tracks = [];
  peer = { streams: { get: (/** @type {string} */ key) => this.#film(key) } };

  /** @type {Map<Track, Film>} */
  #films = new Map();
  /** @type {Map<HTMLVideoElement, Role>} */
  #roles = new Map();

  /** @param {{bundle: Bundle, player: Player, changed: () => void}} parts */
  constructor({ bundle, player, changed }) {
    this.bundle = bundle;
    this.player = player;
    this.changed = changed;
  }

  /** @param {Track[]} tracks */
  set(tracks) {
    this.tracks = tracks;
    this.#films.clear();
  }

  look() {}
  sync() {}

  /** @param {string} key */
  #film(key) {
    const track = trackAt(this.tracks, key, this.player.t);
    if (!track) return null;
    const film = this.#films.get(track) ?? { show: (video) => this.#show(video, track), hide: (video) => this.#hide(video) };
    this.#films.set(track, film);
    return film;
  }

  /**
   * @param {HTMLVideoElement} video
   * @param {Track} track
   */
  #show(video, track) {
    const role = { track, address: "", late: 0.1 };
    this.#roles.set(video, role);
    video.autoplay = false;
    video.muted = true;
    video.preload = "auto";
    video.onerror = () => this.#lost(video, role);
    video.onseeked = () => {
      if (this.player.playing) role.late = Math.min(1.5, Math.max(0, role.late + this.#drift(video, role)));
    };
    this.#fetch(video, role);
  }

  /** @param {HTMLVideoElement} video */
  #hide(video) {
    this.#roles.delete(video);
    video.onerror = video.onseeked = null;
    video.pause();
    video.removeAttribute("src");
    video.load();
  }

  /**
   * @param {HTMLVideoElement} video
   * @param {Role} role
   */
  #fetch(video, role) {
    role.address = this.bundle.url(role.track.file);
    video.src = role.address;
    video.currentTime = Math.max(0, this.#wanted(role));
  }

  /**
   * Its address is too old, or the network fails.
   *
   * @param {HTMLVideoElement} video
   * @param {Role} role
   */
  #lost(video, role) {
    if (role.address !== this.bundle.url(role.track.file)) return this.#fetch(video, role);
    setTimeout(() => this.#roles.get(video) === role && this.#fetch(video, role), 2_000);
  }

  /** @param {Role} role */
  #wanted({ track }) {
    return (this.player.t - track.from_ms) / 1_000;
  }

  /**
   * By how many seconds a picture is late.
   *
   * @param {HTMLVideoElement} video
   * @param {Role} role
   */
  #drift(video, role) {
    return this.#wanted(role) - video.currentTime;
  }

  /** Let all videos be where the sound is. */
  follow() {
    for (const [video, role] of this.#roles) {
      if (video.isConnected) this.#steer(video, role);
      else this.#hide(video);
    }
  }

  /**
   * @param {HTMLVideoElement} video
   * @param {Role} role
   */
  #steer(video, role) {
    if (video.readyState < HTMLMediaElement.HAVE_METADATA || video.seeking) return;
    const playing = this.player.playing && !this.player.stalled;
    const wanted = this.#wanted(role);
    const end = Number.isFinite(video.duration) ? video.duration : Infinity;
    const over = wanted >= end;
    const drift = over ? end - video.currentTime : wanted - video.currentTime;
    const { rate, leap } = steer({ drift, rate: this.player.rate, playing: playing && !over });
    if (leap) this.#leap(video, role, Math.min(wanted + (playing ? role.late : 0), end));
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (playing && !over && video.paused) video.play().catch(() => {}); // taken away meanwhile
    if ((!playing || over) && !video.paused) video.pause();
  }

  /**
   * @param {HTMLVideoElement} video
   * @param {Role} role
   * @param {number} to
   */
  #leap(video, role, to) {
    if (role.address !== this.bundle.url(role.track.file) && !this.bundle.page.offline) return this.#fetch(video, role);
    video.currentTime = Math.max(0, to);
  }
}

/**
 * One's own tracks: what was opened, with which problem, and closing it again. Knows no conference.
 *
 * @import {Kind, Problem} from "conferences/media/devices.js"
 * @import {Switch, Wishes} from "conferences/media/wishes.js"
 */

import { open, openScreen } from "conferences/media/devices.js";

/** @typedef {"microphone" | "camera" | "screen" | "screen_audio"} Source */

const SWITCHES = /** @type {const} */ (["microphone", "camera"]);

export class Local {
  /** @type {Record<Source, MediaStreamTrack | null>} */
  tracks = { microphone: null, camera: null, screen: null, screen_audio: null };
  /** @type {Record<Switch, Problem | "">} */
  problems = { microphone: "", camera: "" };
  /** Whether a question of the browser's may be waiting for its answer. */
  asking = false;

  /** @param {{wishes: Wishes, changed: () => void}} parts */
  constructor({ wishes, changed }) {
    this.wishes = wishes;
    this.changed = changed;
  }

  /**
   * Open what is wished and not open yet: together, so that the browser asks once; alone, if one of them fails.
   *
   * @param {Switch[]} wanted
   */
  async prepare(wanted) {
    const missing = wanted.filter((what) => !this.tracks[what]);
    if (!missing.length) return;
    this.asking = true;
    this.changed();
    if (missing.length === 1 || !(await this.#open(missing))) for (const what of missing) await this.#open([what]);
    this.asking = false;
    this.changed();
  }

  /**
   * @param {Switch[]} wanted
   * @returns {Promise<boolean>}
   */
  async #open(wanted) {
    const chosen = Object.fromEntries(wanted.map((what) => [what, this.wishes.devices[what]]));
    const { tracks, problem } = await open(chosen);
    for (const what of wanted) this.problems[what] = problem;
    for (const track of tracks) this.#keep(track.kind === "audio" ? "microphone" : "camera", track);
    return !problem;
  }

  /**
   * @param {Source} source
   * @param {MediaStreamTrack} track
   */
  #keep(source, track) {
    this.tracks[source]?.stop();
    this.tracks[source] = track;
    if (source === "camera") track.contentHint = "motion";
    if (source === "screen") track.contentHint = "detail";
    track.onended = () => this.#lost(source, track);
  }

  /**
   * A device was pulled out, or the browser's own "stop sharing" was clicked.
   *
   * @param {Source} source
   * @param {MediaStreamTrack} track
   */
  #lost(source, track) {
    if (this.tracks[source] !== track) return;
    this.tracks[source] = null;
    if (source === "screen") this.close("screen_audio");
    if (source === "microphone" || source === "camera") this.problems[source] = "missing";
    this.changed();
  }

  /** @param {Source} source */
  close(source) {
    const track = this.tracks[source];
    if (!track) return;
    this.tracks[source] = null;
    track.stop();
    this.changed();
  }

  closeAll() {
    for (const source of /** @type {Source[]} */ (Object.keys(this.tracks))) this.close(source);
  }

  /** @returns {Promise<boolean>} whether something is shared now */
  async shareScreen() {
    for (const track of await openScreen()) this.#keep(track.kind === "audio" ? "screen_audio" : "screen", track);
    this.changed();
    return this.tracks.screen !== null;
  }

  /**
   * From now on use this device; what is open of its kind is opened anew.
   *
   * @param {Kind} kind
   * @param {string} device
   */
  async choose(kind, device) {
    this.wishes.choose(kind, device);
    const what = SWITCHES.find((own) => own === kind);
    if (what && (this.tracks[what] || this.problems[what])) {
      this.close(what); // some systems give a device only once
      await this.#open([what]);
    }
    this.changed();
  }
}

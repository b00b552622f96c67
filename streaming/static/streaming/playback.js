/**
 * A conference as it was, with the face of `conferences/live.js`: what draws the one draws the other. Nobody asks
 * anything here: whoever watches is nobody in the conference.
 *
 * @import {Picture} from "conferences/core/messages.js"
 * @import {News} from "conferences/live.js"
 * @import {Journal} from "streaming/core/journal.js"
 */

/** More than this at once is a leap: what happened meanwhile is not told one by one. */
const LEAP_MS = 3_000;

export class Playback {
  /** @type {Picture | null} */
  picture = null;
  you = "";
  me = null;
  conference = "";
  server = "";
  returning = false;
  closing = null;
  /** @type {"up"} */
  connection = "up";
  /** @type {"live"} */
  phase = "live";
  skew = 0;
  /** Until where it was told, on the recording's clock. */
  t = -1;

  /** @type {Set<(news: News) => void>} */
  #listeners = new Set();
  /** Where one waits for the journal; -1: nowhere. */
  #wanted = -1;

  /** @param {{journal: Journal, began_at: number}} parts */
  constructor({ journal, began_at }) {
    this.journal = journal;
    this.began_at = began_at;
  }

  /** Whether there is something to see. */
  get within() {
    return this.picture !== null;
  }

  /** The conference's time, in milliseconds. */
  now() {
    return this.began_at + Math.max(0, this.t);
  }

  /**
   * @param {(news: News) => void} listener
   * @returns {() => void} stops it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  submit() {
    return false;
  }

  signal() {
    return false;
  }

  start() {}
  hurry() {}
  leave() {}
  reset() {}

  /**
   * Be at `t`: by what happened meanwhile, or anew after a leap.
   *
   * @param {number} t
   * @returns {Promise<boolean>} whether it is drawn now; false: another moment was wanted meanwhile
   */
  async show(t) {
    if (!this.journal.has(t)) {
      this.#wanted = t;
      await this.journal.load(t);
      if (this.#wanted !== t) return false;
    } else this.journal.load(t); // what comes soon
    this.#wanted = -1;
    if (this.picture && t >= this.t && t - this.t < LEAP_MS) this.#go(this.picture, t);
    else this.#leap(t);
    this.#hear(t);
    return true;
  }

  /** Draw the same moment anew: addresses have changed. */
  async refresh() {
    this.journal.forget();
    const { t } = this;
    await this.journal.load(Math.max(0, t));
    if (this.t === t) this.#leap(t);
  }

  /**
   * @param {Picture} from
   * @param {number} t
   */
  #go(from, t) {
    const steps = this.journal.between(from, this.t, t);
    this.t = t;
    for (const { event, before, picture } of steps) {
      this.picture = picture;
      this.#tell({ what: "event", event, before });
    }
  }

  /** @param {number} t */
  #leap(t) {
    const before = this.picture;
    this.t = t;
    this.picture = this.journal.at(t) ?? before;
    this.#tell({ what: "picture", before });
  }

  /** @param {number} t */
  #hear(t) {
    this.#tell({ what: "signal", signal: { type: "speaking.levels", levels: this.journal.levels(t) ?? {} } });
  }

  /** @param {News} news */
  #tell(news) {
    for (const listener of this.#listeners) listener(news);
  }
}

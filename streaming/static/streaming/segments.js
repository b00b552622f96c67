/**
 * Feeds one media element with numbered segments of fMP4: what lies around the playhead is fetched and kept, what lies far
 * behind is let go. Segment `n` is `[n, n + 1) × seconds`. It may grow while it is played.
 */

const AHEAD_S = 24;
const BEHIND_S = 40;
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000];

/**
 * @typedef {object} Source
 * @property {string} type such as `audio/mp4; codecs="mp4a.40.2"`
 * @property {number} seconds of one segment
 * @property {number} first the number of the first segment
 * @property {() => Promise<ArrayBuffer>} init
 * @property {(number: number, signal: AbortSignal) => Promise<ArrayBuffer>} segment
 * @property {(failing: boolean) => void} told whether the network fails
 */

export class Segments {
  /** Until before which segment there is something. */
  end = 0;
  ended = false;
  /** In seconds, once it has ended. */
  length = 0;

  /** @type {SourceBuffer | null} */
  #buffer = null;
  #media = new MediaSource();
  /** @type {Set<number>} */
  #held = new Set();
  /** @type {{number: number, stop: AbortController} | null} */
  #fetching = null;
  #failures = 0;
  #closed = false;
  #ahead = AHEAD_S;
  #wake = () => {};

  /**
   * @param {HTMLMediaElement} element
   * @param {Source} source
   */
  constructor(element, source) {
    this.element = element;
    this.source = source;
    this.address = URL.createObjectURL(this.#media);
    this.#media.addEventListener("sourceopen", () => this.#open(), { once: true });
    for (const name of ["timeupdate", "seeking", "waiting"]) element.addEventListener(name, this.#pump);
    element.src = this.address;
  }

  /**
   * There is more, or it is over now.
   *
   * @param {{end: number, ended: boolean, length: number}} now
   */
  grow({ end, ended, length }) {
    Object.assign(this, { end, ended, length });
    this.#pump();
  }

  /** Try again at once. */
  retry() {
    this.#wake();
    this.#pump();
  }

  close() {
    this.#closed = true;
    this.#wake();
    this.#fetching?.stop.abort();
    for (const name of ["timeupdate", "seeking", "waiting"]) this.element.removeEventListener(name, this.#pump);
    this.element.removeAttribute("src");
    this.element.load();
    URL.revokeObjectURL(this.address);
  }

  async #open() {
    try {
      const buffer = this.#media.addSourceBuffer(this.source.type);
      this.#stretch();
      const init = await this.#tried(() => this.source.init());
      if (!init) return;
      this.#buffer = buffer;
      buffer.addEventListener("updateend", this.#pump);
      buffer.appendBuffer(init);
    } catch {
      this.element.dispatchEvent(new Event("error"));
    }
  }

  #pump = () => {
    const buffer = this.#buffer;
    if (this.#closed || !buffer || buffer.updating) return;
    if (this.#media.readyState === "open") this.#stretch();
    if (buffer.updating || this.#evict(buffer)) return;
    const next = this.#next();
    if (this.#fetching && this.#fetching.number !== next) this.#give();
    if (next === null) return this.#finish();
    if (!this.#fetching) this.#fetch(next);
  };

  /** How long it is, as far as known. */
  #stretch() {
    const known = this.ended ? this.length : Infinity;
    if (!this.ended) this.#media.setLiveSeekableRange?.(0, this.end * this.source.seconds); // else one cannot go there
    if (known > 0 && this.#media.duration !== known) {
      const buffered = this.#buffer?.buffered;
      const last = buffered?.length ? buffered.end(buffered.length - 1) : 0;
      this.#media.duration = Math.max(known, last);
      if (known < last) this.length = last; // frames are not cut
    }
  }

  /** The segment that is needed first; null: all is there. */
  #next() {
    const { seconds, first } = this.source;
    const here = Math.max(first, Math.floor(this.element.currentTime / seconds));
    const until = Math.min(this.end, Math.ceil((this.element.currentTime + this.#ahead) / seconds));
    for (let number = here; number < until; number += 1) if (!this.#held.has(number)) return number;
    return null;
  }

  /** @param {SourceBuffer} buffer */
  #evict(buffer) {
    const { seconds } = this.source;
    const { currentTime } = this.element;
    const far = [...this.#held].filter(
      (number) => (number + 1) * seconds < currentTime - BEHIND_S || number * seconds > currentTime + this.#ahead + BEHIND_S,
    );
    if (!far.length) return false;
    const [from, to] = [Math.min(...far), Math.max(...far)];
    const near = [...this.#held].filter((number) => number > from && !far.includes(number));
    const end = Math.min(...near, to + 1);
    for (const number of far) if (number < end) this.#held.delete(number);
    buffer.remove(from * seconds, end * seconds);
    return true;
  }

  #finish() {
    const whole = this.ended && this.#held.has(this.end - 1) && this.#media.readyState === "open";
    if (whole && (this.element.currentTime + this.#ahead) / this.source.seconds >= this.end) this.#media.endOfStream();
  }

  #give() {
    this.#fetching?.stop.abort();
    this.#fetching = null;
  }

  /** @param {number} number */
  async #fetch(number) {
    const fetching = { number, stop: new AbortController() };
    this.#fetching = fetching;
    const data = await this.#tried(() => this.source.segment(number, fetching.stop.signal), () => this.#fetching === fetching);
    if (this.#fetching !== fetching) return;
    this.#fetching = null;
    if (data && this.#buffer) this.#append(this.#buffer, number, data);
  }

  /**
   * @param {SourceBuffer} buffer
   * @param {number} number
   * @param {ArrayBuffer} data
   */
  #append(buffer, number, data) {
    if (buffer.updating) return void buffer.addEventListener("updateend", () => this.#append(buffer, number, data), { once: true });
    try {
      buffer.appendBuffer(data);
      this.#held.add(number);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error;
      this.#ahead = Math.max(2 * this.source.seconds, this.#ahead / 2); // the browser has less room than we hoped
      this.#pump();
    }
  }

  /**
   * Again and again, until it works or is not wanted any more.
   *
   * @param {() => Promise<ArrayBuffer>} get
   * @param {() => boolean} wanted
   * @returns {Promise<ArrayBuffer | null>}
   */
  async #tried(get, wanted = () => true) {
    while (!this.#closed && wanted()) {
      try {
        const data = await get();
        if (this.#failures) this.source.told(false);
        this.#failures = 0;
        return data;
      } catch {
        if (this.#closed || !wanted()) return null;
        this.#failures += 1;
        if (this.#failures > 2) this.source.told(true);
        const pause = PAUSES_MS[Math.min(this.#failures - 1, PAUSES_MS.length - 1)];
        await new Promise((resolve) => {
          const timer = setTimeout(resolve, pause);
          this.#wake = () => resolve(clearTimeout(timer));
        });
      }
    }
    return null;
  }
}

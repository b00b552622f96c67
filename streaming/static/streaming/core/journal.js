/**
 * What happened, read from a bundle's journal: the picture at any moment, and what comes after it. Fetches by the function
 * that it is given; else pure.
 *
 * @import {AnyEvent, Picture} from "conferences/core/messages.js"
 * @import {JournalPart} from "streaming/core/manifest.js"
 */

import { evolve } from "conferences/core/state.js";

/** @typedef {[number, number, AnyEvent | null]} Happened when, its number, what */
/** @typedef {[number, Record<string, number>]} Heard */
/** @typedef {{from_ms: number, picture: Picture | null, events: Happened[], levels: Heard[]}} Part */
/** @typedef {{t: number, event: AnyEvent, before: Picture, picture: Picture}} Step */

export class Journal {
  /** @type {JournalPart[]} */
  #parts = [];
  /** @type {Map<string, Promise<Part>>} */
  #asked = new Map();
  /** @type {Map<string, Part>} */
  #known = new Map();

  /** @param {(file: string) => Promise<Part>} read */
  constructor(read) {
    this.read = read;
  }

  /** @param {JournalPart[]} parts all there are, in order; more than before where it grows */
  set(parts) {
    this.#parts = parts;
  }

  /** Forget what was read: its addresses are old. */
  forget() {
    this.#asked.clear();
    this.#known.clear();
  }

  /** Whether all is there that is needed to say how it was at `t`. @param {number} t */
  has(t) {
    return this.#needed(t).every(({ file }) => this.#known.has(file));
  }

  /** Fetch what is needed to say how it was at `t`, and what follows soon. @param {number} t */
  async load(t) {
    await Promise.all(this.#needed(t).map(({ file }) => this.#fetch(file)));
    const next = this.#parts[this.#indexOf(t) + 1];
    if (next) this.#fetch(next.file).catch(() => {}); // asked for again when it is needed
  }

  /**
   * How it was at `t`, all that happened at `t` included.
   *
   * @param {number} t
   * @returns {Picture | null} null: it is not there yet, or it had not begun
   */
  at(t) {
    /** @type {Picture | null} */
    let picture = null;
    for (const { file } of this.#needed(t)) {
      const part = this.#known.get(file);
      if (!part) return null;
      picture = part.picture ?? picture;
      for (const happened of part.events) if (happened[0] <= t) picture = applied(picture, happened);
    }
    return picture;
  }

  /**
   * What happened after `from` and until `to`, one after the other.
   *
   * @param {Picture} picture at `from`
   * @param {number} from
   * @param {number} to
   * @returns {Step[]}
   */
  between(picture, from, to) {
    /** @type {Step[]} */
    const steps = [];
    for (const part of this.#from(from, to)) {
      for (const happened of part.events) {
        const [t, seq, event] = happened;
        if (t <= from || t > to || seq <= picture.seq) continue;
        const before = picture;
        picture = applied(picture, happened) ?? picture;
        if (event) steps.push({ t, event, before, picture });
      }
    }
    return steps;
  }

  /**
   * How loud everyone was at `t`; null: nothing is known.
   *
   * @param {number} t
   * @returns {Record<string, number> | null}
   */
  levels(t) {
    const part = this.#known.get(this.#parts[this.#indexOf(t)]?.file ?? "");
    return part?.levels.findLast(([at]) => at <= t)?.[1] ?? null;
  }

  /** Those from the last with a picture. @param {number} t */
  #needed(t) {
    const last = this.#indexOf(t);
    const key = this.#parts.slice(0, last + 1).findLastIndex((part) => part.key);
    return this.#parts.slice(Math.max(0, key), last + 1);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #from(from, to) {
    const parts = this.#parts.slice(Math.max(0, this.#indexOf(from)), this.#indexOf(to) + 1);
    return parts.map(({ file }) => this.#known.get(file)).filter((part) => part !== undefined);
  }

  /** @param {number} t */
  #indexOf(t) {
    return this.#parts.findLastIndex(({ from_ms }) => from_ms <= t);
  }

  /** @param {string} file */
  #fetch(file) {
    const asked = this.#asked.get(file) ?? this.#read(file);
    this.#asked.set(file, asked);
    return asked;
  }

  /** @param {string} file */
  async #read(file) {
    try {
      const part = await this.read(file);
      this.#known.set(file, part);
      return part;
    } catch (error) {
      this.#asked.delete(file);
      throw error;
    }
  }
}

/**
 * @param {Picture | null} picture
 * @param {Happened} happened
 */
function applied(picture, [, seq, event]) {
  if (!picture || seq <= picture.seq) return picture;
  return evolve({ ...picture, seq: seq - 1 }, event);
}

/**
 * Pens and pointers in motion: what is seen of a figure before it is finished, and where somebody points. Time is an
 * argument.
 *
 * @import {AnyFigure, Motion, PenMoved} from "conferences/core/messages.js"
 * @import {Place} from "conferences/core/board.js"
 */

import { figureOf, MOST_POINTS, simplified } from "conferences/core/figures.js";

/** After so much silence a pen was put away without finishing. */
const PEN_MS = 5_000;
/** A pointer fades while this passes. */
export const POINTER_MS = 1_600;
/** Signals may come later than the event that ends them. */
const SETTLED_KEPT = 500;
/** Of a freehand figure, before it is simplified on the way. */
const MOST_NUMBERS = 4 * MOST_POINTS;

/** @typedef {{at: number, points: number[]} & Unfinished & Place} Pen */
/** @typedef {{participant: string, x: number, y: number, at: number} & Place} Pointer */
/** @typedef {{id: string, participant: string, figure: AnyFigure}} Unfinished */

export class Motions {
  /** @type {Map<string, Pen>} by shape */
  #pens = new Map();
  /** @type {Map<string, Pointer>} by participant */
  #pointers = new Map();
  /** @type {Set<string>} */
  #settled = new Set();

  /**
   * @param {Motion} motion
   * @param {number} now
   */
  take({ participant, move }, now) {
    const { document, page } = move;
    if (move.type === "pointer.moved") this.#pointers.set(participant, { participant, document, page, x: move.x, y: move.y, at: now });
    else if (!this.#settled.has(move.shape)) this.#pens.set(move.shape, this.#penOf(participant, move, now));
  }

  /**
   * @param {string} participant
   * @param {PenMoved} move
   * @param {number} at
   * @returns {Pen}
   */
  #penOf(participant, { document, page, shape, kind, colour, width, points }, at) {
    const known = this.#pens.get(shape)?.points ?? [];
    const freehand = kind === "stroke" || kind === "highlight";
    const all = freehand ? bounded(known.concat(points)) : [...known.slice(0, 2), ...points];
    return { id: shape, participant, document, page, at, points: all, figure: figureOf({ kind, colour, width, points: all }) };
  }

  /**
   * The figure is finished, or never will be.
   *
   * @param {string} shape
   */
  settle(shape) {
    this.#pens.delete(shape);
    this.#settled.add(shape);
    const [oldest] = this.#settled;
    if (oldest !== undefined && this.#settled.size > SETTLED_KEPT) this.#settled.delete(oldest);
  }

  /** @param {string} participant who left */
  forget(participant) {
    this.#pointers.delete(participant);
    for (const pen of [...this.#pens.values()]) if (pen.participant === participant) this.#pens.delete(pen.id);
  }

  /**
   * Forget what stands still.
   *
   * @param {number} now
   * @returns {boolean} whether anything is left that will be forgotten
   */
  expire(now) {
    for (const [key, { at }] of [...this.#pens]) if (now - at > PEN_MS) this.#pens.delete(key);
    for (const [key, { at }] of [...this.#pointers]) if (now - at > POINTER_MS) this.#pointers.delete(key);
    return this.#pens.size + this.#pointers.size > 0;
  }

  /**
   * @param {Place} place
   * @returns {Unfinished[]} the one begun first, first
   */
  figures(place) {
    return [...this.#pens.values()].filter((pen) => isAt(pen, place));
  }

  /**
   * @param {Place} place
   * @returns {Pointer[]}
   */
  pointers(place) {
    return [...this.#pointers.values()].filter((pointer) => isAt(pointer, place));
  }
}

/**
 * A pen that is never put away would be drawn ever more slowly.
 *
 * @param {number[]} points
 */
const bounded = (points) => (points.length > MOST_NUMBERS ? simplified(points) : points);

/**
 * @param {Place} one
 * @param {Place} other
 */
const isAt = (one, other) => one.document === other.document && one.page === other.page;

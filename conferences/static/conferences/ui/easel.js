/**
 * What the tools for drawing share: the page that is looked at, what moves on it, what was asked for and is not there
 * yet, and asking. One for the conference page.
 *
 * @import {AnyFigure, ClientCommand, Shape} from "conferences/core/messages.js"
 * @import {Box, Spot} from "conferences/core/figures.js"
 * @import {Place} from "conferences/core/board.js"
 * @import {Drawing, Shift} from "conferences/ui/drawing.js"
 * @import {News} from "conferences/live.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { mayChange, mayDraw, pageOf, shapeOf } from "conferences/core/board.js";
import { boxOf, isHit, isWithin, spotOf } from "conferences/core/figures.js";
import { Motions, POINTER_MS } from "conferences/core/motion.js";
import { Undo } from "conferences/core/undo.js";
import { looked, ratioOf } from "conferences/ui/slides.js";

const REACH = 60;
const FADING_MS = 60;

/** @typedef {Extract<ClientCommand, {type: "shape.add"}>} Adding */

export class Easel {
  motions = new Motions();
  undo = new Undo();
  /** Shapes that an eraser went over. @type {Set<string>} */
  hidden = new Set();
  /** @type {Shift | null} */
  shift = null;
  /** @type {Box | null} */
  frame = null;
  /** How much there is of a file that is being made; 1: none is. */
  made = 1;
  /** Shapes that were asked for, until they are there. @type {Map<string, Adding>} */
  #asked = new Map();
  #due = false;

  /** @param {{meeting: Meeting, drawing: Drawing, board: HTMLElement, draw: () => void}} parts */
  constructor({ meeting, drawing, board, draw }) {
    this.meeting = meeting;
    this.drawing = drawing;
    this.board = board;
    this.draw = draw;
    meeting.live.subscribe((news) => this.#follow(news));
  }

  /** @returns {Place | null} */
  get place() {
    const shown = looked(this.meeting);
    return shown ? { document: shown.document.id, page: shown.page } : null;
  }

  get ratio() {
    const shown = looked(this.meeting);
    return shown ? ratioOf(shown.document) : 1;
  }

  get mayDraw() {
    const { live } = this.meeting;
    return mayDraw(live.picture, live.you);
  }

  /** The lowest first. @returns {Shape[]} */
  get shapes() {
    const { place } = this;
    return place ? pageOf(this.meeting.live.picture, place) : [];
  }

  /** @param {Shape} shape */
  mayChange(shape) {
    const { live } = this.meeting;
    return mayChange(live.picture, live.you, shape);
  }

  /** Those selected that may be changed. */
  get chosen() {
    const { selected } = this.meeting.view;
    return this.shapes.filter((shape) => selected.has(shape.id) && this.mayChange(shape));
  }

  /** Draw once for all that changes until the next frame. */
  changed() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.draw();
    });
  }

  /** Draw the page as it is now; again soon if something fades. */
  drawPage() {
    const { place, meeting, motions, ratio, hidden, shift, frame } = this;
    if (!place) return;
    const now = Date.now();
    if (motions.expire(now)) setTimeout(() => this.changed(), FADING_MS);
    const pointers = motions.pointers(place).map(({ participant, x, y, at }) => {
      const name = participant === meeting.live.you ? "" : (meeting.live.picture?.participants[participant]?.name ?? "");
      return { participant, name, x, y, age: (now - at) / POINTER_MS };
    });
    const selected = meeting.view.tool === "select" ? meeting.view.selected : undefined;
    this.drawing.draw({ ratio, shapes: this.shapes, unfinished: motions.figures(place), pointers, hidden, selected, shift, frame });
  }

  /**
   * Where on the page somebody points, in ten-thousandths.
   *
   * @param {{clientX: number, clientY: number}} event
   * @returns {Spot}
   */
  spot({ clientX, clientY }) {
    const { left, top, width, height } = this.board.getBoundingClientRect();
    return spotOf({ x: (clientX - left) / width, y: (clientY - top) / height });
  }

  /**
   * The highest shape there that one may change.
   *
   * @param {Spot} spot
   * @returns {Shape | undefined}
   */
  hit(spot) {
    return this.shapes.findLast((shape) => this.mayChange(shape) && this.isHit(shape, spot));
  }

  /**
   * @param {Shape} shape
   * @param {Spot} spot
   */
  isHit({ id, figure }, spot) {
    if (!("x" in figure)) return isHit(figure, spot, { reach: REACH, ratio: this.ratio });
    const box = this.drawing.boxOf(id);
    return box !== null && isWithin(box, spot);
  }

  /**
   * Those that lie within a frame.
   *
   * @param {Box} frame
   */
  within(frame) {
    const inside = (/** @type {Shape} */ { id, figure }) => {
      const { left, top, right, bottom } = this.drawing.boxOf(id) ?? boxOf(figure);
      return isWithin(frame, { x: left, y: top }) && isWithin(frame, { x: right, y: bottom });
    };
    return this.shapes.filter((shape) => this.mayChange(shape) && inside(shape));
  }

  /**
   * Ask for a shape, and again after a lost connection.
   *
   * @param {AnyFigure} figure
   * @param {string} shape
   * @param {Place | null} place
   */
  add(figure, shape = newId(), place = this.place) {
    if (!place) return;
    /** @type {Adding} */
    const command = { type: "shape.add", ...place, shape, figure };
    this.#asked.set(shape, command);
    this.meeting.live.submit(command);
  }

  /**
   * @param {Shape[]} shapes
   * @param {Place | null} place
   */
  erase(shapes, place = this.place) {
    if (!place || !shapes.length) return;
    if (!this.meeting.live.submit({ type: "shapes.erase", ...place, shapes: idsOf(shapes) })) this.#unhand();
  }

  /**
   * @param {Shape[]} shapes
   * @param {{dx: number, dy: number}} by
   * @param {Place | null} place
   */
  move(shapes, { dx, dy }, place = this.place) {
    if (!place || !shapes.length || !(dx || dy)) return;
    if (!this.meeting.live.submit({ type: "shapes.move", ...place, shapes: idsOf(shapes), dx, dy })) this.#unhand();
  }

  /** @param {"undo" | "redo"} what */
  take(what) {
    const deed = this.undo[what]();
    if (deed && !this.meeting.live.submit(deed)) this.undo.unanswered();
    this.changed();
  }

  /** @param {News} news */
  #follow(news) {
    const { live } = this.meeting;
    if (news.what === "signal" && news.signal.type === "drawing.motion") this.#see(news.signal);
    if (news.what === "event") this.#hear(news.event, news.before);
    if (news.what === "refused") this.#refused(news.command);
    if (news.what !== "settled") return;
    this.undo.unanswered();
    this.#unhand();
    for (const [id, command] of this.#asked) {
      if (shapeOf(live.picture, command)) this.#arrived(id);
      else live.submit(command);
    }
    this.changed();
  }

  /** @param {import("conferences/core/messages.js").DrawingMotion} signal */
  #see({ motions }) {
    const { picture, you } = this.meeting.live;
    for (const motion of motions) {
      const { participant, move } = motion;
      const isThere = move.type === "pen.moved" && shapeOf(picture, move);
      if (participant !== you && !isThere) this.motions.take(motion, Date.now());
    }
    this.changed();
  }

  /**
   * @param {import("conferences/core/messages.js").AnyEvent} event
   * @param {import("conferences/core/messages.js").Picture} before
   */
  #hear(event, before) {
    const { you } = this.meeting.live;
    this.undo.heard(event, { before, you });
    if (event.type === "shape.added") this.#arrived(event.shape);
    if (event.type === "participant.left") this.motions.forget(event.participant);
    if (event.type === "shapes.moved" && event.by === you) this.shift = null;
    if (event.type === "shapes.erased" && event.by === you) this.hidden = new Set();
    this.changed();
  }

  /** @param {ClientCommand | undefined} command */
  #refused(command) {
    this.undo.refused(command);
    if (command?.type === "shape.add") this.#arrived(command.shape);
    this.#unhand();
    this.changed();
  }

  /** Everything is where it was: what was asked may not be, or never arrived. */
  #unhand() {
    this.shift = null;
    this.hidden = new Set();
  }

  /** @param {string} shape */
  #arrived(shape) {
    this.#asked.delete(shape);
    this.motions.settle(shape);
  }
}

/** @param {Shape[]} shapes */
const idsOf = (shapes) => shapes.map(({ id }) => id);

/** For a shape; also where nothing is secure. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36)).join("");

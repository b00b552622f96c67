/**
 * Writing on the page: a field where the text or note will be. Enter is done, Shift+Enter a new line, Esc never mind.
 *
 * @import {Place} from "conferences/core/board.js"
 * @import {Spot} from "conferences/core/figures.js"
 * @import {Shape} from "conferences/core/messages.js"
 * @import {Easel} from "conferences/ui/easel.js"
 */

import { EDGE } from "conferences/core/figures.js";
import { LETTERS, NOTE, SHEET } from "conferences/ui/drawing.js";
import { newId } from "conferences/ui/easel.js";
import { part } from "conferences/ui/parts.js";

/** @typedef {{kind: "text" | "note", spot: Spot, shape: Shape | null, place: Place}} Writing where it began, also if somebody turns the page meanwhile */

export class Editor {
  /** @type {Writing | null} */
  #writing = null;

  /** @param {Easel} easel */
  constructor(easel) {
    this.easel = easel;
    this.field = part("board-editor", HTMLTextAreaElement);
    this.field.addEventListener("keydown", (event) => this.#pressed(event));
    this.field.addEventListener("blur", () => this.#done());
    this.field.addEventListener("input", () => this.#grow());
  }

  /**
   * A new text or note there, or the one that is there anew.
   *
   * @param {Spot} spot
   */
  write(spot) {
    const hit = this.easel.hit(spot);
    if (hit && "text" in hit.figure) return this.change(hit);
    const kind = this.easel.meeting.view.tool === "note" ? "note" : "text";
    this.#open({ kind, spot: placed(spot, kind, this.easel.ratio), shape: null });
  }

  /** @param {Shape} shape */
  change(shape) {
    const { figure } = shape;
    if ("text" in figure) this.#open({ kind: figure.kind, spot: figure, shape });
  }

  /** @param {Omit<Writing, "place">} what */
  #open({ kind, spot, shape }) {
    const { place } = this.easel;
    if (!place) return;
    const { view } = this.easel.meeting;
    const { colour, width } = shape?.figure ?? view;
    const { field } = this;
    this.#writing = { kind, spot, shape, place };
    field.value = shape && "text" in shape.figure ? shape.figure.text : "";
    field.dataset.kind = kind;
    for (const [name, value] of Object.entries({ x: spot.x / EDGE, y: spot.y / EDGE })) field.style.setProperty(`--${name}`, String(value));
    field.style.setProperty("--letters", String((kind === "note" ? NOTE.letters : LETTERS)[width]));
    field.style.setProperty("--unit", String(this.easel.board.clientWidth / SHEET));
    field.style.setProperty("--colour", `var(--${kind === "note" ? "note" : "pen"}-${colour})`);
    field.hidden = false;
    if (shape) this.easel.hidden = new Set([shape.id]);
    this.easel.changed();
    this.#grow();
    field.focus({ preventScroll: true });
  }

  #grow() {
    this.field.style.setProperty("--lines", String(this.field.value.split("\n").length));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    event.stopPropagation();
    if (event.isComposing || !["Enter", "Escape"].includes(event.key) || (event.key === "Enter" && event.shiftKey)) return;
    event.preventDefault();
    if (event.key === "Escape") this.#close();
    else this.#done();
    this.easel.board.focus({ preventScroll: true });
  }

  #done() {
    const writing = this.#writing;
    const text = this.field.value.trim();
    this.#close();
    if (!writing || !text) return;
    const { kind, spot, shape, place } = writing;
    const { live, view } = this.easel.meeting;
    if (shape) live.submit({ type: "shape.reword", ...place, shape: shape.id, text });
    else this.easel.add({ kind, colour: view.colour, width: view.width, x: spot.x, y: spot.y, text }, newId(), place);
  }

  #close() {
    if (!this.#writing) return;
    this.#writing = null;
    this.field.hidden = true;
    this.easel.hidden = new Set();
    this.easel.changed();
  }
}

/**
 * So that there is room for it on the page: a note around the place, a text right of it.
 *
 * @param {Spot} spot
 * @param {"text" | "note"} kind
 * @param {number} ratio
 * @returns {Spot}
 */
function placed(spot, kind, ratio) {
  const wide = (NOTE.width / SHEET) * EDGE;
  const [dx, dy] = kind === "note" ? [wide / 2, (wide * ratio) / 3] : [0, 150 * ratio];
  const most = kind === "note" ? { x: EDGE - wide, y: EDGE - (dy * 3 * 180) / NOTE.width } : { x: EDGE - 400, y: EDGE - 300 * ratio };
  const within = (/** @type {number} */ at, /** @type {number} */ top) => Math.round(Math.max(0, Math.min(at, top)));
  return { x: within(spot.x - dx, most.x), y: within(spot.y - dy, most.y) };
}

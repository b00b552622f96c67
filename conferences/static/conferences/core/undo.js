/**
 * What one did to drawings and may take back, and what one took back and may do again: lists of the commands that would.
 * They grow by what one's own events say has happened, and lose what others made impossible.
 *
 * @import {Place} from "conferences/core/board.js"
 * @import {AnyEvent, ClientCommand, Picture} from "conferences/core/messages.js"
 */

import { pageOf, shapeOf } from "conferences/core/board.js";

const KEPT = 100;

/** @typedef {Extract<ClientCommand, {type: "shapes.erase" | "shapes.restore" | "shapes.move" | "shape.reword"}>} Deed */
/** @typedef {Extract<AnyEvent, {type: `shape.${string}` | `shapes.${string}`}>} Fact */

const ASKED = /** @type {Record<Fact["type"], string>} */ ({
  "shape.added": "shape.add",
  "shape.reworded": "shape.reword",
  "shapes.moved": "shapes.move",
  "shapes.erased": "shapes.erase",
  "shapes.restored": "shapes.restore",
});

export class Undo {
  /** @type {Deed[]} */
  #done = [];
  /** @type {Deed[]} */
  #undone = [];
  /** What was asked in order to undo or redo, and which list its inverse belongs to. @type {{deed: Deed, to: "done" | "undone"}[]} */
  #expected = [];

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** @returns {Deed | undefined} what to ask */
  undo() {
    return this.#take(this.#done, "undone");
  }

  /** @returns {Deed | undefined} what to ask */
  redo() {
    return this.#take(this.#undone, "done");
  }

  /**
   * @param {Deed[]} from
   * @param {"done" | "undone"} to
   */
  #take(from, to) {
    const deed = from.pop();
    if (deed) this.#expected.push({ deed, to });
    return deed;
  }

  /**
   * @param {AnyEvent} event
   * @param {{before: Picture, you: string}} when
   */
  heard(event, { before, you }) {
    if (event.type === "board.cleared") return this.#cleared(event, before, event.by === you);
    if (event.type === "document.removed") return this.#drop((deed) => deed.document === event.document);
    if (!isFact(event)) return;
    if (authorOf(event) === you) this.#did(event, before);
    else if (event.type === "shapes.erased") this.#lost(event.shapes);
  }

  /**
   * What was asked may not be.
   *
   * @param {ClientCommand | undefined} command
   */
  refused(command) {
    this.#expected = this.#expected.filter(({ deed }) => deed !== command);
  }

  /** What was asked, and never answered, may be asked again. */
  unanswered() {
    for (const { deed, to } of this.#expected.splice(0)) (to === "undone" ? this.#done : this.#undone).push(deed);
  }

  /**
   * @param {Fact} fact
   * @param {Picture} before
   */
  #did(fact, before) {
    const inverse = inverseOf(fact, before);
    const index = this.#expected.findIndex(({ deed }) => answers(fact, deed));
    const [expected] = index < 0 ? [] : this.#expected.splice(index, 1);
    if (!expected) this.#undone = [];
    if (!inverse) return;
    if (expected?.to === "undone") this.#undone = [...this.#undone, inverse].slice(-KEPT);
    else this.#done = [...this.#done, inverse].slice(-KEPT);
  }

  /**
   * Nothing of the page is left to be taken back, but by whom cleared it, all of it.
   *
   * @param {Place} place
   * @param {Picture} before
   * @param {boolean} own
   */
  #cleared({ document, page }, before, own) {
    this.#drop((deed) => deed.document === document && deed.page === page);
    if (!own) return;
    const shapes = pageOf(before, { document, page }).map(({ id }) => id);
    this.#done = [...this.#done, /** @type {Deed} */ ({ type: "shapes.restore", document, page, shapes })].slice(-KEPT);
    this.#undone = [];
  }

  /** @param {string[]} shapes that others erased */
  #lost(shapes) {
    const gone = new Set(shapes);
    const left = (/** @type {Deed} */ deed) =>
      deed.type === "shape.reword" ? deed : { ...deed, shapes: deed.shapes.filter((id) => !gone.has(id)) };
    this.#done = this.#done.map(left);
    this.#undone = this.#undone.map(left);
    this.#drop((deed) => idsOf(deed).every((id) => gone.has(id)));
  }

  /** @param {(deed: Deed) => boolean} useless */
  #drop(useless) {
    this.#done = this.#done.filter((deed) => !useless(deed));
    this.#undone = this.#undone.filter((deed) => !useless(deed));
    this.#expected = this.#expected.filter(({ deed }) => !useless(deed));
  }
}

/**
 * @param {AnyEvent} event
 * @returns {event is Fact}
 */
const isFact = (event) => event.type in ASKED;

/** @param {Fact} fact */
const authorOf = (fact) => (fact.type === "shape.added" ? fact.participant : fact.by);

/** @param {Deed} deed */
const idsOf = (deed) => (deed.type === "shape.reword" ? [deed.shape] : deed.shapes);

/** @param {Fact} fact */
function shapesOf(fact) {
  if ("shape" in fact) return [fact.shape];
  return fact.type === "shapes.restored" ? fact.shapes.map(({ id }) => id) : fact.shapes;
}

/**
 * @param {Fact} fact
 * @param {Deed} deed
 */
function answers(fact, deed) {
  const same = ASKED[fact.type] === deed.type && fact.document === deed.document && fact.page === deed.page;
  return same && shapesOf(fact).some((id) => idsOf(deed).includes(id));
}

/**
 * The command that takes it back.
 *
 * @param {Fact} fact
 * @param {Picture} before
 * @returns {Deed | null}
 */
export function inverseOf(fact, before) {
  const { document, page } = fact;
  const place = { document, page, shapes: shapesOf(fact) };
  if (fact.type === "shape.added" || fact.type === "shapes.restored") return { type: "shapes.erase", ...place };
  if (fact.type === "shapes.erased") return { type: "shapes.restore", ...place };
  if (fact.type === "shapes.moved") return { type: "shapes.move", ...place, dx: -fact.dx, dy: -fact.dy };
  const figure = shapeOf(before, fact)?.figure;
  return figure && "text" in figure ? { type: "shape.reword", document, page, shape: fact.shape, text: figure.text } : null;
}

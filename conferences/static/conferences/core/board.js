/**
 * What follows from the facts of drawing: the twin of `conferences/core/evolution/board.py`; and what a page asks of
 * what was drawn. Pure.
 *
 * @import {AnyEvent, Picture, Shape} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

import { moved } from "conferences/core/figures.js";
import { presents } from "conferences/core/people.js";

/** Width of a board's page by its height. */
export const BOARD_RATIO = 1.6;
export const BOARD_PAGES = 50;

/** @typedef {Shape[]} Page the lowest first */
/** @typedef {{document: string, page: number}} Place */

/** @type {RulesOf<"board"> & RulesOf<"shape"> & RulesOf<"shapes">} */
export const BOARD_RULES = {
  "board.opened": (picture, { document: id, participant: owner, name }) => {
    const calm = { url: "", download: false, failure: null, pages: 1, done: 1, page: 1 };
    const board = { id, name, owner, kind: /** @type {const} */ ("board"), status: /** @type {const} */ ("ready"), ...calm };
    return { ...picture, documents: { ...picture.documents, [id]: board } };
  },
  "board.extended": (picture, { document: id, pages }) => {
    const board = picture.documents[id];
    return board ? { ...picture, documents: { ...picture.documents, [id]: { ...board, pages, done: pages } } } : picture;
  },
  "board.permitted": (picture, { who }) => ({ ...picture, drawers: who }),
  "board.cleared": (picture, event) => withPage(picture, event, []),
  "shape.added": (picture, event) => {
    const { shape: id, participant, figure } = event;
    return withPage(picture, event, [...pageOf(picture, event), { id, participant, z: picture.seq, figure }]);
  },
  "shape.reworded": (picture, event) =>
    withPage(
      picture,
      event,
      changed(pageOf(picture, event), [event.shape], ({ figure }) => ("text" in figure ? { ...figure, text: event.text } : figure)),
    ),
  "shapes.moved": (picture, event) =>
    withPage(
      picture,
      event,
      changed(pageOf(picture, event), event.shapes, ({ figure }) => moved(figure, event)),
    ),
  "shapes.erased": (picture, event) => {
    const gone = new Set(event.shapes);
    return withPage(
      picture,
      event,
      pageOf(picture, event).filter(({ id }) => !gone.has(id)),
    );
  },
  "shapes.restored": (picture, event) => {
    const page = [...pageOf(picture, event), ...event.shapes].sort((one, other) => one.z - other.z);
    return withPage(picture, event, page);
  },
};

/**
 * @param {Page} page
 * @param {string[]} ids
 * @param {(shape: Shape) => Shape["figure"]} change
 * @returns {Page}
 */
function changed(page, ids, change) {
  const wanted = new Set(ids);
  return page.map((shape) => (wanted.has(shape.id) ? { ...shape, figure: change(shape) } : shape));
}

/**
 * @param {Picture} picture
 * @param {Place} place
 * @param {Page} shapes
 * @returns {Picture}
 */
function withPage(picture, { document, page }, shapes) {
  return { ...picture, drawings: { ...picture.drawings, [document]: { ...picture.drawings[document], [page]: shapes } } };
}

/** @type {Page} */
const BLANK = [];

/**
 * What was drawn there; the same object until something changes.
 *
 * @param {Picture | null} picture
 * @param {Place} place
 * @returns {Page}
 */
export const pageOf = (picture, { document, page }) => picture?.drawings[document]?.[page] ?? BLANK;

/**
 * @param {Picture | null} picture
 * @param {Place & {shape: string}} where
 * @returns {Shape | undefined}
 */
export const shapeOf = (picture, { document, page, shape }) => pageOf(picture, { document, page }).find(({ id }) => id === shape);

/**
 * @param {Picture | null} picture
 * @param {string} participant
 */
export function mayDraw(picture, participant) {
  const drawer = picture?.participants[participant];
  return presents(drawer) || (drawer?.role === "guest" && picture?.drawers === "everyone");
}

/**
 * Own shapes, and presenters anybody's.
 *
 * @param {Picture | null} picture
 * @param {string} participant
 * @param {Shape} shape
 */
export function mayChange(picture, participant, shape) {
  if (!mayDraw(picture, participant)) return false;
  return shape.participant === participant || presents(picture?.participants[participant]);
}

/**
 * What only changes a drawing: nothing else of the page has to be drawn anew.
 *
 * @param {AnyEvent["type"]} type
 */
export const isOfDrawing = (type) => type.startsWith("shape.") || type.startsWith("shapes.");

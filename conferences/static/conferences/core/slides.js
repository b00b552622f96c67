/**
 * What follows from the facts of documents and their pages: the twin of `conferences/core/evolution/slides.py`; and
 * what a page asks of it. Pure.
 *
 * @import {AnyEvent, Document, Picture, Shown} from "conferences/core/messages.js"
 */

const MIDDLE = 5_000;
const WHOLE = 100;

/** @typedef {Extract<AnyEvent["type"], `document.${string}` | `page.${string}`>} SlideType */
/** @typedef {{[T in SlideType]: (picture: Picture, event: Extract<AnyEvent, {type: T}>) => Picture}} Rules */

/** @type {Rules} */
export const SLIDE_RULES = {
  "document.offered": (picture, event) => {
    const { document: id, name, participant: owner, url } = event;
    const blank = { pages: 0, done: 0, page: 1, download: false, failure: null };
    const made = { kind: /** @type {const} */ ("file"), status: /** @type {const} */ ("converting"), ...blank };
    return { ...picture, documents: { ...picture.documents, [id]: { id, name, owner, url, ...made } } };
  },
  "document.progressed": (picture, { document, done, pages }) => change(picture, document, { done, pages }),
  "document.added": (picture, { document, pages }) => change(picture, document, { status: "ready", done: pages, pages }),
  "document.failed": (picture, { document, failure }) => change(picture, document, { status: "failed", failure }),
  "document.presented": turned,
  "document.dismissed": (picture) => ({ ...picture, shown: null }),
  "page.turned": turned,
  "page.focused": (picture, { document, by, x, y, zoom }) => ({ ...picture, shown: { document, by, x, y, zoom } }),
  "document.released": (picture, { document, allowed }) => change(picture, document, { download: allowed }),
  "document.removed": (picture, { document }) => {
    const { [document]: _, ...documents } = picture.documents;
    const { [document]: __, ...drawings } = picture.drawings;
    return { ...picture, documents, drawings, shown: picture.shown?.document === document ? null : picture.shown };
  },
};

/**
 * @param {Picture} picture
 * @param {{document: string, page: number, by: string}} event
 * @returns {Picture}
 */
function turned(picture, { document, page, by }) {
  return { ...change(picture, document, { page }), shown: { document, by, x: MIDDLE, y: MIDDLE, zoom: WHOLE } };
}

/**
 * @param {Picture} picture
 * @param {string} id
 * @param {Partial<Document>} changes
 * @returns {Picture}
 */
function change(picture, id, changes) {
  const document = picture.documents[id];
  if (!document) return picture;
  return { ...picture, documents: { ...picture.documents, [id]: { ...document, ...changes } } };
}

/** @typedef {Pick<Shown, "x" | "y" | "zoom">} Sight which part of a page one sees */
/** @typedef {{document: Document, page: number} & Sight} Open a page that is looked at */

/** @type {Sight} */
export const WHOLE_PAGE = { x: MIDDLE, y: MIDDLE, zoom: WHOLE };

/**
 * What everyone is shown.
 *
 * @param {Picture | null} picture
 * @returns {Open | null}
 */
export function presented(picture) {
  const document = picture?.shown ? picture.documents[picture.shown.document] : undefined;
  if (!picture?.shown || !document) return null;
  const { x, y, zoom } = picture.shown;
  return { document, page: document.page, x, y, zoom };
}

/** @param {Picture | null} picture */
export const documents = (picture) => Object.values(picture?.documents ?? {});

/**
 * @param {Document} document
 * @param {number} page
 */
export const pageUrl = (document, page) => `${document.url}${page}.webp`;

/**
 * @param {Document} document
 * @param {number} page
 */
export const thumbUrl = (document, page) => `${document.url}${page}-small.webp`;

/**
 * Where a page of this shape (width by height) lies in an area, in pixels; it is never smaller than what fits, and
 * never pushed out of sight.
 *
 * @param {{ratio: number, width: number, height: number, sight: Sight}} wanted
 */
export function laid({ ratio, width, height, sight }) {
  const fits = Math.min(width, height * ratio) * (sight.zoom / WHOLE);
  const page = { width: fits, height: fits / ratio };
  return {
    ...page,
    x: held({ page: page.width, area: width, spot: sight.x }),
    y: held({ page: page.height, area: height, spot: sight.y }),
  };
}

/** @param {{page: number, area: number, spot: number}} along one direction */
function held({ page, area, spot }) {
  if (page <= area) return (area - page) / 2;
  return Math.min(0, Math.max(area - page, area / 2 - (page * spot) / 10_000));
}

/**
 * The same view moved by so many pixels, within what can be seen.
 *
 * @param {{ratio: number, width: number, height: number, sight: Sight, by: {x: number, y: number}}} wanted
 * @returns {Sight}
 */
export function moved({ ratio, width, height, sight, by }) {
  const page = laid({ ratio, width, height, sight });
  const spot = (/** @type {number} */ start, /** @type {number} */ size, /** @type {number} */ area, /** @type {number} */ push) =>
    size <= area ? MIDDLE : Math.round(((area / 2 - Math.min(0, Math.max(area - size, start + push))) / size) * 10_000);
  return { x: spot(page.x, page.width, width, by.x), y: spot(page.y, page.height, height, by.y), zoom: sight.zoom };
}

/**
 * @param {Sight} sight
 * @param {number} zoom in percent
 * @returns {Sight}
 */
export function zoomed(sight, zoom) {
  const within = Math.round(Math.min(800, Math.max(WHOLE, zoom)));
  return within === WHOLE ? WHOLE_PAGE : { ...sight, zoom: within };
}

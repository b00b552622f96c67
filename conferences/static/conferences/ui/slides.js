/**
 * The document on the stage: its page, the view that everyone follows, and looking around on one's own.
 *
 * A page is laid over `slides-page`; what is drawn over it belongs into that element, in shares of its size.
 *
 * @import {Document} from "conferences/core/messages.js"
 * @import {Open, Sight} from "conferences/core/slides.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { BOARD_RATIO, pageOf } from "conferences/core/board.js";
import { presents } from "conferences/core/people.js";
import { laid, moved, pageUrl, presented, thumbUrl, WHOLE_PAGE, zoomed } from "conferences/core/slides.js";
import { choose } from "conferences/ui/lead.js";
import { Drawing } from "conferences/ui/drawing.js";
import { all, keep, made, part, the } from "conferences/ui/parts.js";
import { isForUs } from "conferences/ui/shortcuts.js";
import { listenToTouch } from "conferences/ui/touch.js";
import { words } from "conferences/ui/words.js";

const STEP = 1.5;
const SETTLED_MS = 300;
const FORGOTTEN_MS = 3_000;

/** The texts of documents' pages, as they come. @type {Map<string, string[]>} */
const TEXTS = new Map();

/** What one moves now, before everyone is told. @type {Open | null} */
let moving = null;
let settling = 0;
let imageRatio = 4 / 3;

/** @param {Meeting} meeting */
export function slides(meeting) {
  const { live, view } = meeting;
  const area = part("slides-area", HTMLElement);
  const image = part("slides-image", HTMLImageElement);
  image.addEventListener("load", () => {
    imageRatio = image.naturalWidth / image.naturalHeight || imageRatio;
    view.changed();
  });
  new ResizeObserver(view.changed).observe(area);
  live.subscribe((news) => {
    if (news.what === "picture" || news.what === "refused") moving = null;
    if (news.what !== "event" || !/^(document|page)\./.test(news.event.type)) return;
    if (news.event.type === "page.turned" || news.event.type === "document.presented") moving = null;
    if (news.event.type === "page.focused" && !settling) moving = null;
    if (view.own && presented(live.picture)?.document.id !== view.own.document.id) view.own = null;
  });
  listenToButtons(meeting);
  listenToPointer(meeting, area);
  return () => draw(meeting);
}

/** @param {Meeting} meeting */
export function slideKeys(meeting) {
  document.addEventListener("keydown", (event) => pressed(meeting, event));
  return () => {};
}

/**
 * Width by height of its pages; of a file, of the page that is shown.
 *
 * @param {Document} document
 */
export const ratioOf = ({ kind }) => (kind === "board" ? BOARD_RATIO : imageRatio);

/**
 * What this page shows: one's own view, one that is being moved, or everyone's.
 *
 * @param {Meeting} meeting
 * @returns {Open | null}
 */
export function looked({ live, view }) {
  const shown = presented(live.picture);
  if (!shown) return null;
  return view.own ?? (moving?.document.id === shown.document.id && moving.page === shown.page ? moving : shown);
}

/** @param {Meeting} meeting */
function draw(meeting) {
  const { view } = meeting;
  const root = part("slides", HTMLElement);
  const shown = looked(meeting);
  root.hidden = !shown;
  if (!shown) return;
  drawPage(shown);
  drawBar(meeting, shown);
  drawStrip(meeting, shown);
  part("slides-own", HTMLElement).hidden = !view.own;
  fetchTexts(meeting, shown.document);
}

/** @param {Open} shown */
function drawPage(shown) {
  const { document, page } = shown;
  drawImage(shown);
  said("slides-text", TEXTS.get(document.id)?.[page - 1] ?? "");
  said("slides-status", words("page_of", { page, pages: document.pages }));
  const { clientWidth: width, clientHeight: height } = part("slides-area", HTMLElement);
  const box = laid({ ratio: ratioOf(document), width, height, sight: shown });
  const sheet = part("slides-page", HTMLElement);
  for (const [name, value] of Object.entries(box)) sheet.style.setProperty(`--page-${name}`, value.toFixed(1));
  part("slides-area", HTMLElement).toggleAttribute("data-zoomed", shown.zoom > 100);
}

/** @param {Open} shown */
function drawImage({ document, page }) {
  const image = part("slides-image", HTMLImageElement);
  image.alt = words("page_image", { page, pages: document.pages, document: document.name });
  image.toggleAttribute("data-blank", document.kind === "board");
  if (document.kind === "board") return image.removeAttribute("src");
  const url = new URL(pageUrl(document, page), location.href).href;
  if (image.src === url) return;
  image.src = url;
  if (page < document.pages) new Image().src = pageUrl(document, page + 1);
}

/**
 * Screen readers read it when it changes, and only then.
 *
 * @param {string} name
 * @param {string} text
 */
function said(name, text) {
  const element = part(name, HTMLElement);
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {Meeting} meeting
 * @param {Open} shown
 */
function drawBar({ view }, { document, page, zoom }) {
  part("slides-name", HTMLElement).textContent = document.name;
  part("slides-number", HTMLElement).textContent = `${page} / ${document.pages}`;
  disable("previous", page <= 1);
  disable("next", page >= document.pages);
  disable("smaller", zoom <= 100);
  disable("larger", zoom >= 800);
  part("slides-pages", HTMLElement).setAttribute("aria-pressed", String(view.pages));
  for (const button of all('[data-part="slides-alone"]')) button.setAttribute("aria-pressed", String(view.own !== null));
}

/**
 * A button that loses its use keeps the focus.
 *
 * @param {string} deed
 * @param {boolean} useless
 */
function disable(deed, useless) {
  the(`[data-slides="${deed}"]`, HTMLButtonElement).setAttribute("aria-disabled", String(useless));
}

/**
 * @param {Meeting} meeting
 * @param {Open} shown
 */
function drawStrip({ live, view }, { document, page }) {
  const list = part("slides-strip", HTMLElement);
  list.hidden = !view.pages;
  const pages = view.pages ? Array.from({ length: document.pages }, (_, index) => index + 1) : [];
  keep({
    list,
    items: pages,
    key: (number) => `${document.id}:${number}`,
    make: (number) => madeThumb(document, number),
    draw: (item, number) => {
      the("button", HTMLButtonElement, item).setAttribute("aria-current", String(number === page));
      drawThumb(item, document, pageOf(live.picture, { document: document.id, page: number }));
    },
  });
  const key = `${document.id}:${page}`;
  if (!view.pages || list.dataset.at === key) return;
  list.dataset.at = key;
  list.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/**
 * @param {Document} document
 * @param {number} number
 */
function madeThumb(document, number) {
  const item = made("slides-thumb");
  const button = the("button", HTMLButtonElement, item);
  button.dataset.page = String(number);
  button.setAttribute("aria-label", words("page_of", { page: number, pages: document.pages }));
  const image = the("img", HTMLImageElement, item);
  image.toggleAttribute("data-blank", document.kind === "board");
  if (document.kind === "file") image.src = thumbUrl(document, number);
  image.addEventListener("load", () => {
    item.style.setProperty("--ratio", String(image.naturalWidth / image.naturalHeight));
    drawThumb(item, document, THUMBS.get(item)?.page);
  });
  the(".slides-thumb-number", HTMLElement, item).textContent = String(number);
  return item;
}

/** @typedef {import("conferences/core/board.js").Page} Page */
/** @type {WeakMap<HTMLElement, {drawing: Drawing, page: Page | null, ratio: number}>} */
const THUMBS = new WeakMap();

/**
 * @param {HTMLElement} item
 * @param {Document} document
 * @param {Page | null | undefined} page
 */
function drawThumb(item, { kind }, page) {
  const layer = (/** @type {string} */ name) => the(`[data-layer=${name}]`, SVGSVGElement, item);
  const known = THUMBS.get(item);
  const drawing = known?.drawing ?? new Drawing({ marks: layer("marks"), ink: layer("ink") });
  const ratio = kind === "board" ? BOARD_RATIO : Number(item.style.getPropertyValue("--ratio")) || imageRatio;
  if (!page || (known?.page === page && known.ratio === ratio)) return;
  THUMBS.set(item, { drawing, page, ratio });
  drawing.draw({ ratio, shapes: page });
}

/**
 * @param {Meeting} meeting
 * @param {Document} document
 */
async function fetchTexts({ view, fetched = fetch }, { id, url }) {
  if (!url || TEXTS.has(id)) return;
  TEXTS.set(id, []);
  const response = await fetched(`${url}text.json`).catch(() => null);
  if (response?.ok) TEXTS.set(id, await response.json());
  view.changed();
}

/** @param {Meeting} meeting */
function listenToButtons(meeting) {
  const { live, view } = meeting;
  /** @type {Record<string, () => unknown>} */
  const deeds = {
    previous: () => step(meeting, -1),
    next: () => step(meeting, 1),
    smaller: () => zoom(meeting, 1 / STEP),
    larger: () => zoom(meeting, STEP),
    pages: () => view.set({ pages: !view.pages }),
    own: () => view.set({ own: view.own ? null : looked(meeting) }),
    follow: () => view.set({ own: null }),
    stop: () => live.submit({ type: "document.dismiss", document: presented(live.picture)?.document.id ?? "" }),
  };
  part("slides", HTMLElement).addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button && part("slides", HTMLElement).dataset.place === "strip") return choose(meeting, { pinned: "" });
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.dataset.page) turn(meeting, Number(button.dataset.page));
    else deeds[button.dataset.slides ?? ""]?.();
  });
}

/**
 * For everyone, or for oneself alone.
 *
 * @param {Meeting} meeting
 * @param {number} page
 */
function turn(meeting, page) {
  const { live, view } = meeting;
  const shown = looked(meeting);
  if (!shown || page < 1 || page > shown.document.pages || page === shown.page) return;
  if (presents(live.me) && !view.own) live.submit({ type: "page.turn", document: shown.document.id, page });
  else view.set({ own: { document: shown.document, page, ...WHOLE_PAGE } });
}

/**
 * @param {Meeting} meeting
 * @param {number} by
 */
const step = (meeting, by) => turn(meeting, (looked(meeting)?.page ?? 0) + by);

/**
 * @param {Meeting} meeting
 * @param {number} factor
 */
function zoom(meeting, factor) {
  const shown = looked(meeting);
  if (shown) look(meeting, shown, zoomed(shown, shown.zoom * factor));
}

/**
 * Move the view: at once here, and for everyone when it has settled.
 *
 * @param {Meeting} meeting
 * @param {Open} shown
 * @param {Sight} sight
 */
function look(meeting, shown, sight) {
  const { live, view } = meeting;
  const { x, y, zoom } = sight;
  const then = { document: shown.document, page: shown.page, x, y, zoom };
  if (!presents(live.me) || view.own) return view.set({ own: then });
  moving = then;
  clearTimeout(settling);
  settling = setTimeout(() => {
    settling = 0;
    live.submit({ type: "page.focus", document: then.document.id, page: then.page, x, y, zoom });
    setTimeout(() => {
      if (moving === then) moving = null;
      view.changed();
    }, FORGOTTEN_MS);
  }, SETTLED_MS);
  view.changed();
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} area
 */
function listenToPointer(meeting, area) {
  /** @param {{x: number, y: number}} by */
  const push = (by) => {
    const shown = looked(meeting);
    if (shown && shown.zoom > 100)
      look(meeting, shown, moved({ ratio: ratioOf(shown.document), width: area.clientWidth, height: area.clientHeight, sight: shown, by }));
  };
  area.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" && event.button === 0 && area.hasAttribute("data-zoomed")) area.setPointerCapture(event.pointerId);
  });
  listenToTouch({
    area,
    mayPush: () => area.hasAttribute("data-zoomed") && !meeting.view.tool,
    maySwipe: () => !area.hasAttribute("data-zoomed") && !meeting.view.tool,
    push,
    zoom: (factor) => zoom(meeting, factor),
    swipe: (forward) => step(meeting, forward ? 1 : -1),
  });
  area.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" && area.hasPointerCapture(event.pointerId)) push({ x: event.movementX, y: event.movementY });
  });
  area.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !area.hasAttribute("data-zoomed")) return;
      event.preventDefault();
      if (event.ctrlKey) zoom(meeting, Math.exp(-event.deltaY / 200));
      else push({ x: -event.deltaX, y: -event.deltaY });
    },
    { passive: false },
  );
}

/**
 * @param {Meeting} meeting
 * @param {KeyboardEvent} event
 */
function pressed(meeting, event) {
  const { target, key } = event;
  if (!looked(meeting) || !isForUs(meeting, event)) return;
  if (target instanceof Element && target.closest(".panel, input, textarea, select")) return;
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  /** @type {Record<string, () => void>} */
  const keys = {
    [forward]: () => step(meeting, 1),
    [back]: () => step(meeting, -1),
    PageDown: () => step(meeting, 1),
    PageUp: () => step(meeting, -1),
    Home: () => turn(meeting, 1),
    End: () => turn(meeting, looked(meeting)?.document.pages ?? 1),
    "+": () => zoom(meeting, STEP),
    "-": () => zoom(meeting, 1 / STEP),
    0: () => zoom(meeting, 0),
  };
  const deed = keys[key];
  if (!deed) return;
  event.preventDefault();
  deed();
}

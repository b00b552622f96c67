/**
 * Pages with what is drawn on them, as files: painted on a canvas from the page's picture and the SVG of its shapes.
 *
 * @import {Document} from "conferences/core/messages.js"
 * @import {Easel} from "conferences/ui/easel.js"
 */

import { BOARD_RATIO, pageOf } from "conferences/core/board.js";
import { pdfOf } from "conferences/core/pdf.js";
import { pageUrl } from "conferences/core/slides.js";
import { download } from "conferences/ui/download.js";
import { Drawing, SHEET, svg } from "conferences/ui/drawing.js";
import { looked } from "conferences/ui/slides.js";
import { say } from "conferences/ui/toasts.js";

/** Pixels of a page's width. */
const WIDTH = 1_920;
const QUALITY = 0.9;

/**
 * The page that is looked at as a picture, or all pages as PDF.
 *
 * @param {Easel} easel
 * @param {"picture" | "pdf"} as
 */
export async function exportPages(easel, as) {
  const shown = looked(easel.meeting);
  if (!shown || easel.made < 1) return;
  const { document: source, page } = shown;
  const name = source.name.replace(/\.\w{1,5}$/, "");
  say("board_saving");
  advance(easel, 0);
  try {
    if (as === "picture") save(await encoded(await painted(easel, source, page), "image/png"), `${name}-${page}.png`);
    else save(await pdf(easel, source), `${name}.pdf`);
  } catch {
    say("board_not_saved");
  } finally {
    advance(easel, 1);
  }
}

/**
 * @param {Easel} easel
 * @param {number} made
 */
function advance(easel, made) {
  easel.made = made;
  easel.changed();
}

/**
 * @param {Easel} easel
 * @param {Document} source
 */
async function pdf(easel, source) {
  const sheets = [];
  for (let page = 1; page <= source.pages; page += 1) {
    advance(easel, (page - 1) / source.pages);
    const canvas = await painted(easel, source, page);
    const jpeg = new Uint8Array(await (await encoded(canvas, "image/jpeg")).arrayBuffer());
    sheets.push({ jpeg, width: canvas.width, height: canvas.height });
  }
  return pdfOf(sheets);
}

/**
 * @param {Easel} easel
 * @param {Document} source
 * @param {number} page
 */
async function painted(easel, source, page) {
  const image = source.kind === "file" ? await loaded(pageUrl(source, page)) : null;
  const ratio = image ? image.naturalWidth / image.naturalHeight : BOARD_RATIO;
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: Math.round(WIDTH / ratio) });
  const paper = canvas.getContext("2d");
  if (!paper) throw new TypeError("canvas");
  paper.fillStyle = "#ffffff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  if (image) paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  const shapes = pageOf(easel.meeting.live.picture, { document: source.id, page });
  const [marks, ink] = layersOf(shapes, ratio, canvas.height);
  paper.globalCompositeOperation = "multiply";
  paper.drawImage(await pictureOf(marks), 0, 0);
  paper.globalCompositeOperation = "source-over";
  paper.drawImage(await pictureOf(ink), 0, 0);
  return canvas;
}

/**
 * @param {import("conferences/core/messages.js").Shape[]} shapes
 * @param {number} ratio
 * @param {number} height
 */
function layersOf(shapes, ratio, height) {
  const layer = () => /** @type {SVGSVGElement} */ (svg("svg", { width: WIDTH, height, viewBox: `0 0 ${SHEET} ${SHEET / ratio}` }));
  const layers = /** @type {const} */ ([layer(), layer()]);
  new Drawing({ marks: layers[0], ink: layers[1] }).draw({ ratio, shapes });
  return layers;
}

/**
 * A picture knows nothing of our style sheets: it is given the values.
 *
 * @param {SVGSVGElement} layer
 */
async function pictureOf(layer) {
  const style = getComputedStyle(document.documentElement);
  const value = (/** @type {string} */ name) => style.getPropertyValue(name).trim().replaceAll('"', "'");
  const text = new XMLSerializer().serializeToString(layer).replace(/var\((--[\w-]+)\)/g, (_, name) => value(name));
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    return await loaded(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {string} url */
async function loaded(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {"image/png" | "image/jpeg"} type
 * @returns {Promise<Blob>}
 */
function encoded(canvas, type) {
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new TypeError(type))), type, QUALITY));
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
const save = (blob, name) => download({ name, type: blob.type, content: blob });

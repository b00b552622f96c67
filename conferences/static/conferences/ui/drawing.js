/**
 * Shapes as SVG: what a page looks like is a function of what was drawn on it and what moves. For the conference, for
 * thumbnails, for files, and for whoever plays a recording; asks nobody anything.
 *
 * A sheet is SHEET units wide, so that lines and letters are as thick on every screen. Highlights lie in a layer of
 * their own, which multiplies with what is below it.
 *
 * @import {AnyFigure, Shape} from "conferences/core/messages.js"
 * @import {Box} from "conferences/core/figures.js"
 * @import {Unfinished} from "conferences/core/motion.js"
 */

import { EDGE } from "conferences/core/figures.js";

export const SHEET = 1_600;

const SVG = "http://www.w3.org/2000/svg";
const LINE = { thin: 3, medium: 6, thick: 12 };
const MARKER = { thin: 18, medium: 32, thick: 52 };
export const LETTERS = { thin: 28, medium: 42, thick: 64 };
const LEADING = 1.3;
export const NOTE = { width: 280, padding: 22, leading: 1.3, letters: { thin: 24, medium: 30, thick: 40 } };
const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufefc]/u;

/** @typedef {{participant: string, name: string, x: number, y: number, age: number}} Pointed `age` from 0 to 1 */
/** @typedef {{dx: number, dy: number, ids: Set<string>}} Shift shapes that are being moved */
/**
 * @typedef {object} Scene
 * @property {number} ratio of the page, width by height
 * @property {Shape[]} shapes the lowest first
 * @property {Unfinished[]} [unfinished]
 * @property {Pointed[]} [pointers]
 * @property {Set<string>} [hidden] shapes that are not shown
 * @property {Set<string>} [selected]
 * @property {Shift | null} [shift]
 * @property {Box | null} [frame] what is being framed, to be selected
 */
/** @typedef {{figure: AnyFigure, height: number, element: SVGElement}} Drawn */

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {(Node | string)[]} children
 */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

export class Drawing {
  /** @type {Map<string, Drawn>} */
  #drawn = new Map();

  /** @param {{marks: SVGSVGElement, ink: SVGSVGElement}} layers */
  constructor({ marks, ink }) {
    this.layers = [marks, ink];
    this.marks = marks;
    this.ink = ink;
    this.over = svg("g", { class: "board-over" });
  }

  /** @param {Scene} scene */
  draw({ ratio, shapes, unfinished = [], pointers = [], hidden, selected, shift = null, frame = null }) {
    const height = Math.round(SHEET / ratio);
    for (const layer of this.layers) layer.setAttribute("viewBox", `0 0 ${SHEET} ${height}`);
    const known = new Set(shapes.map(({ id }) => id));
    const all = [...shapes, ...unfinished.filter(({ id }) => !known.has(id))];
    this.#keep(hidden?.size ? all.filter(({ id }) => !hidden.has(id)) : all, height);
    this.#shift(shift, height);
    const frames = frame ? [framed(frame, height, 0)] : [];
    this.over.replaceChildren(...this.#outlines(selected, shift, height), ...frames, ...pointers.map((pointer) => pointed(pointer, height)));
    if (this.ink.lastElementChild !== this.over) this.ink.append(this.over);
  }

  /**
   * One element for every figure, in order; what stays is left alone.
   *
   * @param {{id: string, figure: AnyFigure}[]} figures
   * @param {number} height
   */
  #keep(figures, height) {
    const wanted = new Set(figures.map(({ id }) => id));
    for (const [id, { element }] of [...this.#drawn]) if (!wanted.has(id)) element.remove(), this.#drawn.delete(id);
    const last = { marks: /** @type {Element | null} */ (null), ink: /** @type {Element | null} */ (null) };
    for (const { id, figure } of figures) {
      const name = figure.kind === "highlight" ? "marks" : "ink";
      const element = this.#element(id, figure, height);
      const before = last[name];
      const place = before ? before.nextElementSibling : this[name].firstElementChild;
      if (place !== element) this[name].insertBefore(element, place);
      last[name] = element;
    }
  }

  /**
   * @param {string} id
   * @param {AnyFigure} figure
   * @param {number} height
   */
  #element(id, figure, height) {
    const known = this.#drawn.get(id);
    if (known?.figure === figure && known.height === height) return known.element;
    const element = drawnOf(figure, height);
    element.setAttribute("data-shape", id);
    known?.element.replaceWith(element);
    this.#drawn.set(id, { figure, height, element });
    return element;
  }

  /**
   * @param {Shift | null} shift
   * @param {number} height
   */
  #shift(shift, height) {
    for (const [id, { element }] of this.#drawn) {
      const by = shift?.ids.has(id) ? `translate(${unit(shift.dx, SHEET)} ${unit(shift.dy, height)})` : "";
      if ((element.getAttribute("transform") ?? "") !== by) by ? element.setAttribute("transform", by) : element.removeAttribute("transform");
    }
  }

  /**
   * @param {Set<string> | undefined} selected
   * @param {Shift | null} shift
   * @param {number} height
   */
  #outlines(selected, shift, height) {
    return [...(selected ?? [])].flatMap((id) => {
      const box = this.boxOf(id);
      if (!box) return [];
      const [dx, dy] = shift?.ids.has(id) ? [shift.dx, shift.dy] : [0, 0];
      return [framed({ left: box.left + dx, top: box.top + dy, right: box.right + dx, bottom: box.bottom + dy }, height, 8)];
    });
  }

  /**
   * Where a shape lies, letters and all, in ten-thousandths of the page.
   *
   * @param {string} id
   * @returns {Box | null}
   */
  boxOf(id) {
    const drawn = this.#drawn.get(id);
    if (!(drawn?.element instanceof SVGGraphicsElement)) return null;
    const { x, y, width, height } = drawn.element.getBBox();
    const share = (/** @type {number} */ length, /** @type {number} */ whole) => (length / whole) * EDGE;
    return {
      left: share(x, SHEET),
      top: share(y, drawn.height),
      right: share(x + width, SHEET),
      bottom: share(y + height, drawn.height),
    };
  }
}

/**
 * @param {number} spot in ten-thousandths
 * @param {number} whole
 */
const unit = (spot, whole) => Math.round((spot * whole * 10) / EDGE) / 10;

/**
 * @param {Box} box
 * @param {number} height
 * @param {number} room around it
 */
function framed({ left, top, right, bottom }, height, room) {
  const [x, y] = [unit(left, SHEET) - room, unit(top, height) - room];
  const size = { width: unit(right - left, SHEET) + 2 * room, height: unit(bottom - top, height) + 2 * room };
  return svg("rect", { class: "board-outline", x, y, ...size, rx: 6 });
}

/** @param {string} colour */
const ink = (colour) => `var(--pen-${colour})`;

/**
 * @param {AnyFigure} figure
 * @param {number} height of the sheet
 * @returns {SVGElement}
 */
function drawnOf(figure, height) {
  if ("points" in figure) return freehand(figure, height);
  if (figure.kind === "text") return written(figure, height);
  if (figure.kind === "note") return stuck(figure, height);
  const [x1, y1, x2, y2] = [unit(figure.x1, SHEET), unit(figure.y1, height), unit(figure.x2, SHEET), unit(figure.y2, height)];
  const line = { fill: "none", stroke: ink(figure.colour), "stroke-width": LINE[figure.width], "stroke-linecap": "round", "stroke-linejoin": "round" };
  const size = { width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
  if (figure.kind === "rectangle") return svg("rect", { ...line, x: Math.min(x1, x2), y: Math.min(y1, y2), ...size });
  if (figure.kind === "ellipse")
    return svg("ellipse", { ...line, cx: (x1 + x2) / 2, cy: (y1 + y2) / 2, rx: size.width / 2, ry: size.height / 2 });
  const head = figure.kind === "arrow" ? headOf({ x1, y1, x2, y2 }, LINE[figure.width]) : "";
  return svg("path", { ...line, d: `M${x1} ${y1}L${x2} ${y2}${head}` });
}

/**
 * @param {{x1: number, y1: number, x2: number, y2: number}} line
 * @param {number} width
 */
function headOf({ x1, y1, x2, y2 }, width) {
  const [angle, length] = [Math.atan2(y2 - y1, x2 - x1), 14 + 3 * width];
  const end = (/** @type {number} */ turn) => {
    const way = angle + Math.PI + turn;
    return `${(x2 + length * Math.cos(way)).toFixed(1)} ${(y2 + length * Math.sin(way)).toFixed(1)}`;
  };
  return `M${end(0.5)}L${x2} ${y2}L${end(-0.5)}`;
}

/**
 * @param {Extract<AnyFigure, {points: number[]}>} figure
 * @param {number} height
 */
function freehand({ kind, colour, width, points }, height) {
  const marker = kind === "highlight";
  const attributes = { fill: "none", stroke: ink(colour), "stroke-linecap": "round", "stroke-linejoin": "round", d: smooth(points, height) };
  return svg("path", { ...attributes, "stroke-width": (marker ? MARKER : LINE)[width], ...(marker ? { "stroke-opacity": 0.45 } : {}) });
}

/**
 * A curve through the middles between the points, bent by the points.
 *
 * @param {number[]} points
 * @param {number} height
 */
function smooth(points, height) {
  const x = (/** @type {number} */ index) => unit(points[2 * index] ?? 0, SHEET);
  const y = (/** @type {number} */ index) => unit(points[2 * index + 1] ?? 0, height);
  const last = points.length / 2 - 1;
  let path = `M${x(0)} ${y(0)}`;
  for (let index = 1; index < last; index += 1) {
    const [mx, my] = [(x(index) + x(index + 1)) / 2, (y(index) + y(index + 1)) / 2];
    path += `Q${x(index)} ${y(index)} ${mx.toFixed(1)} ${my.toFixed(1)}`;
  }
  return `${path}L${x(last) + (last ? 0 : 0.1)} ${y(last)}`;
}

/**
 * @param {Extract<AnyFigure, {kind: "text"}>} figure
 * @param {number} height
 */
function written({ x, y, text, colour, width }, height) {
  const letters = LETTERS[width];
  return lettered(text.split("\n"), { x: unit(x, SHEET), y: unit(y, height), letters, leading: LEADING, fill: ink(colour), middle: false });
}

/**
 * @param {string[]} lines
 * @param {{x: number, y: number, letters: number, leading: number, fill: string, middle: boolean}} how
 */
function lettered(lines, { x, y, letters, leading, fill, middle }) {
  const backwards = RIGHT_TO_LEFT.test(lines.join(" "));
  const anchor = middle ? "middle" : backwards ? "end" : "start";
  const font = { "font-family": "var(--font)", "font-size": letters, "font-weight": 500 };
  const spans = lines.map((line, index) => svg("tspan", { x, dy: index ? letters * leading : letters }, line || "\u00a0"));
  const direction = backwards ? "rtl" : "ltr";
  return svg("text", { x, y, fill, "text-anchor": anchor, "xml:space": "preserve", direction, ...font }, ...spans);
}

/**
 * @param {Extract<AnyFigure, {kind: "note"}>} figure
 * @param {number} height
 */
function stuck({ x, y, text, colour, width }, height) {
  const { padding, leading } = NOTE;
  const letters = NOTE.letters[width];
  const lines = wrapped(text, letters, NOTE.width - 2 * padding);
  const tall = Math.max(180, lines.length * letters * leading + 2 * padding);
  const [left, top] = [unit(x, SHEET), unit(y, height)];
  const size = { width: NOTE.width, height: tall, rx: 6 };
  const first = top + (tall - lines.length * letters * leading) / 2;
  return svg(
    "g",
    {},
    svg("rect", { ...size, x: left + 3, y: top + 6, fill: "#17201d", "fill-opacity": 0.14 }),
    svg("rect", { ...size, x: left, y: top, fill: `var(--note-${colour})` }),
    lettered(lines, { x: left + NOTE.width / 2, y: first, letters, leading, fill: "var(--pen-black)", middle: true }),
  );
}

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/**
 * @param {string} text
 * @param {number} letters
 * @param {number} room
 * @returns {string[]}
 */
function wrapped(text, letters, room) {
  ruler ??= document.createElement("canvas").getContext("2d");
  const measure = ruler;
  if (measure) measure.font = `500 ${letters}px ${getComputedStyle(document.body).fontFamily}`;
  const fits = (/** @type {string} */ line) => !measure || measure.measureText(line).width <= room;
  return text.split("\n").flatMap((line) => wrappedLine(line, fits));
}

/**
 * @param {string} line
 * @param {(line: string) => boolean} fits
 */
function wrappedLine(line, fits) {
  const lines = [""];
  for (const word of line.split(/(?<= )/)) {
    const last = lines.at(-1) ?? "";
    if (fits((last + word).trimEnd())) lines[lines.length - 1] = last + word;
    else lines.push(...broken(word, fits));
  }
  return lines.filter((part, index) => part || index || lines.length === 1).map((part) => part.trimEnd());
}

/**
 * A word, in pieces if it is too long for a line.
 *
 * @param {string} word
 * @param {(line: string) => boolean} fits
 */
function broken(word, fits) {
  const pieces = [""];
  for (const letter of word) {
    const longer = pieces.at(-1) + letter;
    if (fits(longer)) pieces[pieces.length - 1] = longer;
    else pieces.push(letter);
  }
  return pieces;
}

/**
 * @param {Pointed} pointer
 * @param {number} height
 */
function pointed({ name, x, y, age }, height) {
  const [cx, cy] = [unit(x, SHEET), unit(y, height)];
  const group = svg("g", { class: "board-pointer", opacity: (1 - age * age).toFixed(2) });
  group.append(svg("circle", { cx, cy, r: 22, class: "board-pointer-glow" }), svg("circle", { cx, cy, r: 9, class: "board-pointer-dot" }));
  if (name) group.append(svg("text", { x: cx + 26, y: cy + 8, class: "board-pointer-name" }, name));
  return group;
}

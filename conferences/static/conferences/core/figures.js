/**
 * What one draws: figures on a page, in ten-thousandths of its width and height. Pure; twin of
 * `conferences/core/figures.py`, and what a page asks of figures besides.
 *
 * @import {AnyFigure} from "conferences/core/messages.js"
 */

export const EDGE = 10_000;
/** What the server takes of one stroke. */
export const MOST_POINTS = 2_000;

/** @typedef {{x: number, y: number}} Spot */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/**
 * The smallest box around its points.
 *
 * @param {AnyFigure} figure
 * @returns {Box}
 */
export function boxOf(figure) {
  const { xs, ys } = coordinates(figure);
  return { left: least(xs), top: least(ys), right: most(xs), bottom: most(ys) };
}

/** @param {AnyFigure} figure */
function coordinates(figure) {
  if ("points" in figure)
    return { xs: figure.points.filter((_, index) => index % 2 === 0), ys: figure.points.filter((_, index) => index % 2 === 1) };
  return "x1" in figure ? { xs: [figure.x1, figure.x2], ys: [figure.y1, figure.y2] } : { xs: [figure.x], ys: [figure.y] };
}

const least = (/** @type {number[]} */ numbers) => numbers.reduce((one, other) => Math.min(one, other));
const most = (/** @type {number[]} */ numbers) => numbers.reduce((one, other) => Math.max(one, other));

/**
 * @param {AnyFigure} figure
 * @param {{dx: number, dy: number}} by
 * @returns {AnyFigure}
 */
export function moved(figure, { dx, dy }) {
  if ("points" in figure) return { ...figure, points: figure.points.map((at, index) => at + (index % 2 ? dy : dx)) };
  if ("x" in figure) return { ...figure, x: figure.x + dx, y: figure.y + dy };
  return { ...figure, x1: figure.x1 + dx, y1: figure.y1 + dy, x2: figure.x2 + dx, y2: figure.y2 + dy };
}

/**
 * Whether a place is on a figure's line, or within what it encloses, as near as `reach`. Of letters only their page
 * knows how far they go: those are never hit.
 *
 * @param {AnyFigure} figure
 * @param {Spot} spot
 * @param {{reach: number, ratio: number}} how of the page, width by height: its ten-thousandths are not as high as wide
 */
export function isHit(figure, spot, { reach, ratio }) {
  const even = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y: y / ratio });
  const here = even(spot.x, spot.y);
  if ("points" in figure) {
    const { points } = figure;
    const at = (/** @type {number} */ index) => even(points[index] ?? 0, points[index + 1] ?? 0);
    if (points.length === 2) return distanceToLine(here, at(0), at(0)) <= reach;
    return points.some((_, index) => index % 2 === 0 && index + 3 < points.length && distanceToLine(here, at(index), at(index + 2)) <= reach);
  }
  if ("x" in figure) return false;
  if (figure.kind === "line" || figure.kind === "arrow")
    return distanceToLine(here, even(figure.x1, figure.y1), even(figure.x2, figure.y2)) <= reach;
  return isWithin(boxOf(figure), spot, reach);
}

/**
 * @param {Box} box
 * @param {Spot} spot
 * @param {number} reach
 */
export function isWithin({ left, top, right, bottom }, { x, y }, reach = 0) {
  return x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;
}

/**
 * A place on the page as whole numbers within it.
 *
 * @param {Spot} spot in shares of the page, 0 to 1
 * @returns {Spot}
 */
export function spotOf({ x, y }) {
  const within = (/** @type {number} */ share) => Math.round(Math.min(1, Math.max(0, share)) * EDGE);
  return { x: within(x), y: within(y) };
}

/** Ten-thousandths that one may be off a line before a point of it is needed. */
const TOLERANCE = 6;

/**
 * The same line with as few points as it needs (Ramer 1972, Douglas and Peucker 1973), and never more than may be.
 *
 * @param {number[]} points x, y, x, y, …
 * @param {number} tolerance
 * @returns {number[]}
 */
export function simplified(points, tolerance = TOLERANCE) {
  const count = points.length / 2;
  if (count < 3) return points;
  const kept = new Set([0, count - 1]);
  /** @type {[number, number][]} */
  const spans = [[0, count - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const { index, distance } = farthest(points, from, to);
    if (distance <= tolerance) continue;
    kept.add(index);
    spans.push([from, index], [index, to]);
  }
  if (kept.size > MOST_POINTS) return simplified(points, tolerance * 2);
  return [...kept].sort((one, other) => one - other).flatMap((index) => [points[2 * index] ?? 0, points[2 * index + 1] ?? 0]);
}

/**
 * Of the points between two, the one that is farthest from their line.
 *
 * @param {number[]} points
 * @param {number} from
 * @param {number} to
 */
function farthest(points, from, to) {
  const at = (/** @type {number} */ index) => ({ x: points[2 * index] ?? 0, y: points[2 * index + 1] ?? 0 });
  const [start, end] = [at(from), at(to)];
  let found = { index: from, distance: 0 };
  for (let index = from + 1; index < to; index += 1) {
    const distance = distanceToLine(at(index), start, end);
    if (distance > found.distance) found = { index, distance };
  }
  return found;
}

/**
 * To the line between two points, no further.
 *
 * @param {Spot} spot
 * @param {Spot} start
 * @param {Spot} end
 */
export function distanceToLine(spot, start, end) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const share = length ? Math.min(1, Math.max(0, ((spot.x - start.x) * dx + (spot.y - start.y) * dy) / length)) : 0;
  return Math.hypot(spot.x - start.x - share * dx, spot.y - start.y - share * dy);
}

/**
 * The figure that a pen in motion will be: freehand of all its points, else between the first and the last.
 *
 * @param {{kind: "stroke" | "highlight" | "line" | "arrow" | "rectangle" | "ellipse", points: number[]} & Pick<AnyFigure, "colour" | "width">} drawn
 * @returns {AnyFigure}
 */
export function figureOf({ kind, colour, width, points }) {
  if (kind === "stroke" || kind === "highlight") return { kind, colour, width, points };
  const [x1 = 0, y1 = 0] = points;
  const [x2 = 0, y2 = 0] = points.slice(-2);
  return { kind, colour, width, x1, y1, x2, y2 };
}

/**
 * The geometry of the stage: where each tile lies, in pixels. Pure.
 *
 * @import {Plan} from "conferences/core/layout.js"
 */

/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {Box & {place: "stage" | "strip" | "float"}} Placed */

/** How tall or wide a tile may be. */
const NARROWEST = 3 / 4;
const WIDEST = 16 / 9;

/**
 * Boxes of equal size for `count` tiles, as large as fit into the area; the last row is centred.
 *
 * @param {{count: number, area: Box, gap: number, narrowest?: number}} wanted
 * @returns {Box[]}
 */
export function grid({ count, area, gap, narrowest = NARROWEST }) {
  if (count < 1) return [];
  const { columns, width, height } = bestSize({ count, area, gap, narrowest });
  const rows = Math.ceil(count / columns);
  const top = area.y + (area.height - rows * height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row < rows - 1 ? columns : count - columns * (rows - 1);
    const start = area.x + (area.width - inRow * width - (inRow - 1) * gap) / 2;
    return { x: start + (index % columns) * (width + gap), y: top + row * (height + gap), width, height };
  });
}

/** @param {{count: number, area: Box, gap: number, narrowest: number}} wanted */
function bestSize({ count, area, gap, narrowest }) {
  let best = { columns: 1, width: 0, height: 0, worth: -1 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cell = { width: (area.width - (columns - 1) * gap) / columns, height: (area.height - (rows - 1) * gap) / rows };
    const width = Math.max(0, Math.min(cell.width, cell.height * WIDEST));
    const height = Math.max(0, Math.min(cell.height, width / narrowest));
    const worth = width * height * likeness(width / (height || 1));
    if (worth > best.worth) best = { columns, width, height, worth };
  }
  return best;
}

/**
 * Cameras are wide: a tile that is not shows less of them, so it is worth a little less.
 *
 * @param {number} ratio
 */
function likeness(ratio) {
  return ratio >= 4 / 3 ? 1 : 0.55 + 0.45 * (ratio / (4 / 3));
}

/**
 * Where every tile of a plan lies on a stage of this size.
 *
 * @param {{plan: Plan, width: number, height: number, gap?: number}} wanted
 * @returns {Map<string, Placed>}
 */
export function arrange({ plan, width, height, gap = 12 }) {
  const whole = { x: 0, y: 0, width, height };
  const parts = plan.strip.length ? split({ count: plan.strip.length, whole, gap }) : { stage: whole, strip: whole };
  const large = plan.strip.length || plan.float ? filling({ plan, area: parts.stage, gap }) : null;
  const stage = large ?? grid({ count: plan.stage.length, area: parts.stage, gap });
  const strip = stripBoxes({ count: plan.strip.length, area: parts.strip, gap });
  return new Map([
    ...placed({ keys: plan.stage, boxes: stage, place: "stage" }),
    ...placed({ keys: plan.strip, boxes: strip, place: "strip" }),
    ...placed({ keys: plan.float ? [plan.float] : [], boxes: [corner(whole, gap)], place: "float" }),
  ]);
}

/**
 * @param {{keys: string[], boxes: Box[], place: Placed["place"]}} these
 * @returns {[string, Placed][]}
 */
function placed({ keys, boxes, place }) {
  return boxes.slice(0, keys.length).map((box, index) => [keys[index] ?? "", { ...box, place }]);
}

/**
 * One large tile takes all the room there is; it is the picture in it that keeps its shape.
 *
 * @param {{plan: Plan, area: Box, gap: number}} wanted
 */
function filling({ plan, area, gap }) {
  return plan.stage.length === 1 ? [area] : grid({ count: plan.stage.length, area, gap });
}

/**
 * The strip lies beside the stage where the window is wide, below it where it is tall.
 *
 * @param {{count: number, whole: Box, gap: number}} wanted
 */
function split({ count, whole, gap }) {
  if (whole.width > whole.height * 1.1) {
    const columns = count > 6 && whole.width > 1100 ? 2 : 1;
    const wide = clamp(whole.width * 0.17 * columns, 130 * columns, Math.min(240 * columns, whole.width * 0.34));
    const stage = { ...whole, width: whole.width - wide - gap };
    return { stage, strip: { ...whole, x: stage.width + gap, width: wide } };
  }
  const tall = clamp(whole.height * 0.2, 88, 170);
  const stage = { ...whole, height: whole.height - tall - gap };
  return { stage, strip: { ...whole, y: stage.height + gap, height: tall } };
}

/** @param {{count: number, area: Box, gap: number}} wanted */
function stripBoxes({ count, area, gap }) {
  return grid({ count, area, gap, narrowest: area.width > area.height ? NARROWEST : 1.25 });
}

/**
 * @param {Box} whole
 * @param {number} gap
 */
function corner(whole, gap) {
  const tall = whole.height > whole.width;
  const width = clamp(whole.width * (tall ? 0.3 : 0.2), 96, 260);
  const height = tall ? width * 1.33 : width / WIDEST;
  return { x: whole.width - width - gap, y: whole.height - height - gap, width, height };
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}

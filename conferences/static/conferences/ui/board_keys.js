/**
 * Drawing by keys, while the page or its tools have the focus: each tool has its key, what is selected is moved by
 * arrows and deleted, and a tool that needs no hand puts its figure into the middle.
 *
 * @import {Easel} from "conferences/ui/easel.js"
 * @import {Editor} from "conferences/ui/board_editor.js"
 */

import { EDGE, figureOf } from "conferences/core/figures.js";
import { all, keep, part, the } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

const STEP = 100;
const FINE = 10;
/** Of a figure that is put into the middle, in ten-thousandths of the page's width. */
const SIZE = 1_000;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {Easel} easel
 * @param {Editor} editor
 * @param {{stop: () => void, readonly busy: boolean}} pen
 */
export function listenToKeys(easel, editor, pen) {
  part("slides", HTMLElement).addEventListener("keydown", (event) => {
    const { target, altKey, isComposing } = event;
    if (!easel.mayDraw || altKey || isComposing || !(target instanceof Element) || target instanceof HTMLTextAreaElement) return;
    if (!target.closest("[data-part=board], [data-part=board-tools]") || !pressed(easel, editor, pen, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  part("board-shapes", HTMLElement).addEventListener("focusin", ({ target }) => {
    const row = target instanceof Element ? target.closest("[data-key]") : null;
    if (!(row instanceof HTMLElement)) return;
    easel.meeting.view.selected = new Set([row.dataset.key ?? ""]);
    easel.changed();
  });
}

/**
 * @param {Easel} easel
 * @param {Editor} editor
 * @param {{stop: () => void, readonly busy: boolean}} pen
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key means something here
 */
function pressed(easel, editor, pen, { key, ctrlKey, metaKey, shiftKey, target }) {
  const { view } = easel.meeting;
  const letter = key.toLowerCase();
  if (ctrlKey || metaKey) return taken(easel, letter === "y" || (letter === "z" && shiftKey) ? "redo" : letter === "z" ? "undo" : "");
  if (key === "Escape" && view.tool) return escaped(easel, pen);
  if (key === "Enter" && target === easel.board) return put(easel, editor);
  if (key === "Enter" && target instanceof HTMLElement && target.closest("[data-part=board-shapes]")) return rewritten(easel, editor);
  if (view.tool === "select" && easel.chosen.length) {
    if (key === "Delete" || key === "Backspace") return deleted(easel);
    const [dx, dy] = ARROWS[key] ?? [0, 0];
    const step = shiftKey ? FINE : STEP;
    if (dx || dy) return easel.move(easel.chosen, { dx: dx * step, dy: Math.round(dy * step * easel.ratio) }), true;
  }
  const [button] = all(`[data-part=board-tools] [data-key="${CSS.escape(letter)}"]`);
  if (!(button instanceof HTMLButtonElement)) return false;
  button.click();
  return true;
}

/**
 * @param {Easel} easel
 * @param {"undo" | "redo" | ""} what
 */
function taken(easel, what) {
  if (what) easel.take(what);
  return what !== "";
}

/**
 * First what one does, then what is selected, then the tool.
 *
 * @param {Easel} easel
 * @param {{stop: () => void, readonly busy: boolean}} pen
 */
function escaped(easel, pen) {
  const { view } = easel.meeting;
  if (pen.busy) pen.stop();
  else if (view.selected.size) view.set({ selected: new Set() });
  else view.set({ tool: "" });
  return true;
}

/**
 * The next in the list gets the focus of the one that goes.
 *
 * @param {Easel} easel
 */
function deleted(easel) {
  const row = document.activeElement?.closest("[data-part=board-shapes] > li");
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  easel.erase(easel.chosen);
  if (next) the("button", HTMLButtonElement, next).focus();
  else easel.board.focus();
  return true;
}

/**
 * @param {Easel} easel
 * @param {Editor} editor
 */
function rewritten(easel, editor) {
  const [shape] = easel.chosen;
  if (!shape || !("text" in shape.figure)) return false;
  editor.change(shape);
  return true;
}

/**
 * A figure of the tool into the middle of the page.
 *
 * @param {Easel} easel
 * @param {Editor} editor
 */
function put(easel, editor) {
  const { tool, colour, width } = easel.meeting.view;
  const middle = EDGE / 2;
  if (tool === "text" || tool === "note") return editor.write({ x: middle, y: middle }), true;
  if (tool !== "line" && tool !== "arrow" && tool !== "rectangle" && tool !== "ellipse") return false;
  const high = Math.round(SIZE * easel.ratio * 0.6);
  easel.add(figureOf({ kind: tool, colour, width, points: [middle - SIZE, middle - high, middle + SIZE, middle + high] }));
  return true;
}

/**
 * What lies on the page, for those who go through it by keys: while one selects.
 *
 * @param {Easel} easel
 */
export function drawList(easel) {
  const list = part("board-shapes", HTMLElement);
  const { picture } = easel.meeting.live;
  list.hidden = easel.meeting.view.tool !== "select";
  keep({
    list,
    items: list.hidden ? [] : easel.shapes,
    key: ({ id }) => id,
    make: madeRow,
    draw: (row, { participant, figure }) => {
      const name = picture?.participants[participant]?.name ?? words("somebody");
      const text = "text" in figure ? figure.text : "";
      the("button", HTMLButtonElement, row).textContent = words(`shape_${figure.kind}`, { name, text });
    },
  });
}

function madeRow() {
  const row = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  row.append(button);
  return row;
}

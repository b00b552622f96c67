/**
 * The tools beside the page: which is taken up, colours and widths, undo and redo, and what else there is.
 *
 * @import {Easel} from "conferences/ui/easel.js"
 * @import {Colour, Tool, Width} from "conferences/ui/view.js"
 */

import { BOARD_PAGES } from "conferences/core/board.js";
import { presents } from "conferences/core/people.js";
import { exportPages } from "conferences/ui/board_export.js";
import { all, part, the } from "conferences/ui/parts.js";
import { looked } from "conferences/ui/slides.js";

/** @param {Easel} easel */
export function listenToTools(easel) {
  const { view, live } = easel.meeting;
  const dialog = part("board-clear", HTMLDialogElement);
  /** @type {Record<string, () => unknown>} */
  const deeds = {
    tools: () => toggle(easel),
    undo: () => easel.take("undo"),
    redo: () => easel.take("redo"),
    everyone: () => live.submit({ type: "board.permit", who: live.picture?.drawers === "everyone" ? "presenters" : "everyone" }),
    extend: () => easel.place && live.submit({ type: "board.extend", document: easel.place.document }),
    picture: () => exportPages(easel, "picture"),
    pdf: () => exportPages(easel, "pdf"),
    clear: () => dialog.showModal(),
    cleared: () => easel.place && live.submit({ type: "board.clear", ...easel.place }),
  };
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-board], [data-tool], [data-colour], [data-width]") : null;
    if (!(button instanceof HTMLButtonElement) || button.getAttribute("aria-disabled") === "true") return;
    const { board, tool, colour, width } = button.dataset;
    if (board) deeds[board]?.();
    if (tool) view.set({ tool: /** @type {Tool} */ (tool), selected: new Set() });
    if (colour) view.set({ colour: /** @type {Colour} */ (colour) });
    if (width) view.set({ width: /** @type {Width} */ (width) });
  });
}

/** @param {Easel} easel */
function toggle({ meeting, board }) {
  const { view } = meeting;
  view.set({ drawing: !view.drawing, tool: view.drawing ? "" : "stroke", selected: new Set() });
  if (view.drawing) queueMicrotask(() => board.focus({ preventScroll: true }));
}

/** @param {Easel} easel */
export function drawTools(easel) {
  const { meeting, mayDraw, undo, made } = easel;
  const { view, live } = meeting;
  const open = view.drawing && mayDraw;
  const button = part("board-tools-button", HTMLElement);
  button.hidden = !mayDraw;
  part("board-save", HTMLElement).hidden = mayDraw;
  button.setAttribute("aria-pressed", String(open));
  button.setAttribute("aria-expanded", String(open));
  const tools = part("board-tools", HTMLElement);
  tools.hidden = !open;
  tools.dataset.colour = view.colour;
  for (const tool of all("[data-tool]", tools)) tool.setAttribute("aria-pressed", String(tool.dataset.tool === view.tool));
  the("[data-board=undo]", HTMLElement).setAttribute("aria-disabled", String(!undo.canUndo));
  the("[data-board=redo]", HTMLElement).setAttribute("aria-disabled", String(!undo.canRedo));
  for (const item of all("[data-part=menu-pen] [data-colour]")) item.setAttribute("aria-checked", String(item.dataset.colour === view.colour));
  for (const item of all("[data-part=menu-pen] [data-width]")) item.setAttribute("aria-checked", String(item.dataset.width === view.width));
  the("[data-board=everyone]", HTMLElement).setAttribute("aria-checked", String(live.picture?.drawers === "everyone"));
  const document = looked(meeting)?.document;
  const extends_ = presents(live.me) && document?.kind === "board" && document.pages < BOARD_PAGES;
  the("[data-board=extend]", HTMLElement).hidden = !extends_;
  drawSaving(made);
}

/**
 * One file at a time is made.
 *
 * @param {number} made how much there is of it
 */
function drawSaving(made) {
  for (const button of all("[data-menu=board]")) {
    button.setAttribute("aria-busy", String(made < 1));
    button.style.setProperty("--made", String(made));
  }
  for (const item of all("[data-board=picture], [data-board=pdf]")) item.setAttribute("aria-disabled", String(made < 1));
}

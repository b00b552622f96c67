/**
 * Drawing on the page that is looked at: the page's shapes and what moves on it, the tools, and new boards.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { documents } from "conferences/core/slides.js";
import { Editor } from "conferences/ui/board_editor.js";
import { drawList, listenToKeys } from "conferences/ui/board_keys.js";
import { listenToPen } from "conferences/ui/board_pen.js";
import { drawTools, listenToTools } from "conferences/ui/board_tools.js";
import { Drawing } from "conferences/ui/drawing.js";
import { Easel } from "conferences/ui/easel.js";
import { part } from "conferences/ui/parts.js";
import { drawStill, stills } from "conferences/ui/still.js";
import { words } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function whiteboard(meeting) {
  const board = part("board", HTMLElement);
  const drawing = new Drawing({ marks: part("board-marks", SVGSVGElement), ink: part("board-ink", SVGSVGElement) });
  const easel = new Easel({ meeting, drawing, board, draw: () => draw(easel) });
  const editor = new Editor(easel);
  listenToTools(easel);
  const pen = listenToPen(easel, editor);
  listenToKeys(easel, editor, pen);
  board.addEventListener("dblclick", (event) => {
    const hit = meeting.view.tool === "select" ? easel.hit(easel.spot(event)) : undefined;
    if (hit) editor.change(hit);
  });
  listenToNew(meeting, stills(meeting));
  return () => draw(easel);
}

/** @param {Easel} easel */
function draw(easel) {
  const { meeting, board, mayDraw } = easel;
  const { view } = meeting;
  if (!mayDraw && view.drawing) Object.assign(view, { drawing: false, tool: "", selected: new Set() });
  const tool = part("slides", HTMLElement).dataset.place === "strip" ? "" : view.tool;
  if (tool) board.dataset.tool = tool;
  else delete board.dataset.tool;
  board.tabIndex = tool ? 0 : -1;
  easel.drawPage();
  drawTools(easel);
  drawList(easel);
  drawStill(meeting);
}

/**
 * @param {Meeting} meeting
 * @param {() => unknown} still
 */
function listenToNew(meeting, still) {
  const { live, view } = meeting;
  const boards = () => documents(live.picture).filter(({ kind }) => kind === "board");
  /** @type {Record<string, () => unknown>} */
  const deeds = {
    still,
    new: () => live.submit({ type: "board.open", name: words("board_name", { number: boards().length + 1 }) }),
    board: () => {
      const last = boards().at(-1);
      if (last) live.submit({ type: "document.present", document: last.id });
      else deeds.new?.();
    },
  };
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-board-new]") : null;
    if (button instanceof HTMLElement) deeds[button.dataset.boardNew ?? ""]?.();
  });
  live.subscribe((news) => {
    if (news.what === "event" && news.event.type === "board.opened" && news.event.participant === live.you)
      view.set({ drawing: true, tool: "stroke" });
  });
}

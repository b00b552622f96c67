/**
 * What was drawn on the page that is looked at.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { pageOf } from "conferences/core/board.js";
import { Drawing } from "conferences/ui/drawing.js";
import { part } from "conferences/ui/parts.js";
import { looked, ratioOf } from "conferences/ui/slides.js";

/** @param {Watching} watching */
export function board({ meeting }) {
  const drawing = new Drawing({ marks: part("board-marks", SVGSVGElement), ink: part("board-ink", SVGSVGElement) });
  return () => {
    const shown = looked(meeting);
    if (!shown) return;
    const { document, page } = shown;
    drawing.draw({ ratio: ratioOf(document), shapes: pageOf(meeting.live.picture, { document: document.id, page }) });
  };
}

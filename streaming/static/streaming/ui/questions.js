/**
 * What was asked up to this moment, and what was answered.
 *
 * @import {Watching} from "streaming/main.js"
 */

import { sorted } from "conferences/core/questions.js";
import { keep, made, part, the } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

/** @param {Watching} watching */
export function questions({ playback, view }) {
  const root = part("questions", HTMLElement);
  return () => {
    const opened = root.hidden && view.panel === "questions";
    root.hidden = view.panel !== "questions";
    if (root.hidden || !playback.picture) return;
    keep({
      list: part("questions-list", HTMLElement),
      items: sorted(playback.picture.questions),
      key: ({ id }) => String(id),
      make: () => made("question"),
      draw: (row, { name, text, votes, answered, reply }) => {
        part("question-said", HTMLElement, row).textContent = text;
        part("question-name", HTMLElement, row).textContent = name;
        part("question-votes", HTMLElement, row).textContent = words("question_votes", { count: votes.length });
        part("question-answered", HTMLElement, row).hidden = !answered;
        const said = part("question-reply", HTMLElement, row);
        said.hidden = !reply;
        said.textContent = reply;
      },
    });
    if (opened) the("h2", HTMLElement, root).focus();
  };
}

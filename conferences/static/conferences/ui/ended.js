/**
 * After the conference: why it is over, and the ways back.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { all, part, the } from "conferences/ui/parts.js";

/** @param {Meeting} meeting */
export function ended({ live, seat, view }) {
  const root = part("ended", HTMLElement);
  part("use-here", HTMLElement).addEventListener("click", () => live.start({ returning: true }));
  part("rejoin", HTMLElement).addEventListener("click", async () => {
    const { refused } = await seat.renew();
    view.set({ joining: !refused, refusal: refused ?? "" });
    live.reset();
    if (!refused) live.start({});
  });
  let recorded = false;
  return () => {
    const { phase, closing } = live;
    recorded ||= Boolean(live.picture?.recording);
    for (const note of all('[data-part="ended-recording"]', root)) note.hidden = !recorded;
    if (phase === "ended" && root.hidden && closing) {
      const elsewhere = closing.why === "elsewhere";
      tell(elsewhere ? "elsewhere" : closing.reason || "ended");
      part("use-here", HTMLElement).hidden = !elsewhere;
      part("rejoin", HTMLElement).hidden = elsewhere || closing.reason === "removed";
    }
    root.hidden = phase !== "ended";
  };
}

/** @param {string} why */
function tell(why) {
  const known = document.querySelector(`template[data-ending="${CSS.escape(why)}"]`);
  const { content } = known instanceof HTMLTemplateElement ? known : the('template[data-ending="ended"]', HTMLTemplateElement);
  part("ended-heading", HTMLElement).textContent = the("h2", HTMLElement, content).textContent;
  part("ended-text", HTMLElement).textContent = the("p", HTMLElement, content).textContent;
}

/**
 * What lasts a while and everyone should see: a lost connection, a question, a warning.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { all, part, the } from "conferences/ui/parts.js";
import { lasting } from "conferences/ui/toolbar.js";

const PATIENCE_MS = 2_500;
const WARNINGS = ["host_left", "no_host", "length"];

/** @param {Meeting} meeting */
export function banners(meeting) {
  const { live } = meeting;
  let unconnected = 0;
  setInterval(() => countDown(meeting), 500);
  return () => {
    const { picture, phase } = live;
    if (!picture && phase !== "reconnecting") return;
    const state = meeting.session.peer?.connection.connectionState;
    const waits = phase === "live" && state !== "connected";
    if (!waits) unconnected = 0;
    else if (!unconnected) unconnected = Date.now();
    if (waits && Date.now() - unconnected < PATIENCE_MS) setTimeout(meeting.view.changed, PATIENCE_MS);
    show("reconnecting", phase === "reconnecting");
    show("media", waits && Date.now() - unconnected >= PATIENCE_MS);
    show("silent", Boolean(meeting.session.peer?.muted));
    show("lone", Boolean(picture?.answer_by));
    show("asked", meeting.view.asked && !meeting.session.speaking);
    drawPhone(meeting);
    show("warning", Boolean(picture?.warning));
    const warning = WARNINGS.find((reason) => reason === picture?.warning?.reason) ?? "other";
    for (const text of all("[data-warning]")) text.hidden = text.dataset.warning !== warning;
    countDown(meeting);
  };
}

/**
 * @param {string} name
 * @param {boolean} shown
 */
function show(name, shown) {
  the(`[data-banner="${name}"]`, HTMLElement, part("banners", HTMLElement)).hidden = !shown;
}

/** @param {Meeting} meeting */
function drawPhone({ live }) {
  show("phone", Boolean(live.me?.phone));
  for (const text of all("[data-phoning]")) text.hidden = (text.dataset.phoning === "held") !== Boolean(live.me?.held);
}

/** @param {Meeting} meeting */
function countDown({ live }) {
  const { picture } = live;
  const until = { lone: picture?.answer_by ?? 0, warning: picture?.warning?.ends_at ?? 0 };
  for (const [name, moment] of Object.entries(until)) {
    const text = moment ? lasting(moment - live.now()) : "";
    const element = the(`[data-countdown="${name}"]`, HTMLElement);
    if (element.textContent !== text) element.textContent = text;
  }
}

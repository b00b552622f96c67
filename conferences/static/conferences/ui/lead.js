/**
 * The view that somebody leads and everyone follows, unless one looks on one's own.
 *
 * @import {Look} from "conferences/core/hall.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { looked } from "conferences/core/hall.js";
import { presents } from "conferences/core/people.js";
import { all, part, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { words } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function lead(meeting) {
  const { live, view } = meeting;
  live.subscribe((news) => {
    if (news.what === "picture" && !news.before?.lead) tellLeader(meeting);
    if (news.what !== "event") return;
    const { event, before } = news;
    if (event.type === "layout.led" && before.lead?.by !== event.by) {
      view.set({ astray: false });
      tellLeader(meeting);
    }
    if (before.lead?.by === live.you && !live.picture?.lead) view.set({ mode: before.lead.mode, pinned: before.lead.large });
  });
  return () => draw(meeting);
}

/**
 * How the stage is looked at now.
 *
 * @param {Meeting} meeting
 * @returns {Look}
 */
export const lookOf = ({ live, view: { astray, mode, pinned } }) => looked({ lead: live.picture?.lead, astray, mode, pinned });

/**
 * Look otherwise: whoever leads takes everyone along, whoever follows goes astray.
 *
 * @param {Meeting} meeting
 * @param {Partial<Look>} wanted
 */
export function choose(meeting, wanted) {
  const { live, view } = meeting;
  const then = { ...lookOf(meeting), ...wanted };
  const { lead } = live.picture ?? {};
  if (lead?.by === live.you) show(meeting, then);
  else view.set({ ...then, astray: Boolean(lead) });
}

/**
 * @param {Meeting} meeting
 * @param {string} key of the tile to be kept large, or no longer
 */
export const togglePin = (meeting, key) => choose(meeting, { pinned: lookOf(meeting).pinned === key ? "" : key });

/**
 * Lead everyone to what one sees, or let them go.
 *
 * @param {Meeting} meeting
 */
export function toggleLead(meeting) {
  const { live } = meeting;
  if (live.picture?.lead?.by === live.you) live.submit({ type: "layout.release" });
  else show(meeting, lookOf(meeting));
}

/**
 * @param {Meeting} meeting
 * @param {Look} look
 */
function show({ live }, { mode, pinned }) {
  const here = live.picture?.participants[pinned.slice(pinned.indexOf(":") + 1)];
  live.submit({ type: "layout.lead", mode, large: here ? pinned : "" });
}

/** @param {Meeting} meeting */
function tellLeader({ live }) {
  const by = live.picture?.lead?.by;
  if (by && by !== live.you) say("lead", { name: live.picture?.participants[by]?.name ?? "" });
}

/** @param {Meeting} meeting */
function draw({ live, view }) {
  const { picture, you } = live;
  const by = picture?.lead?.by ?? "";
  if (!by) view.astray = false;
  const leads = by !== "" && by === you;
  const astray = by !== "" && view.astray && !leads;
  showBanner("lead-own", leads);
  showBanner("lead-astray", astray);
  if (astray) the("span", HTMLElement, part("lead-astray", HTMLElement)).textContent = words("lead", { name: picture?.participants[by]?.name ?? "" });
  for (const item of all('[role=menuitemcheckbox][data-do="lead"]')) {
    item.setAttribute("aria-checked", String(leads));
    item.hidden = !presents(live.me);
  }
}

/**
 * When a banner goes whose button had the focus, the stage is where one goes on.
 *
 * @param {"lead-own" | "lead-astray"} name
 * @param {boolean} shown
 */
function showBanner(name, shown) {
  const banner = part(name, HTMLElement);
  const held = banner.contains(document.activeElement);
  banner.hidden = !shown;
  if (held && !shown) part("stage", HTMLElement).focus({ preventScroll: true });
}

/**
 * Short notes of what happened, read out politely, and not too many of them.
 *
 * @import {AnyEvent, Picture} from "conferences/core/messages.js"
 * @import {EventNews} from "conferences/live.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { made, part, the } from "conferences/ui/parts.js";
import { iconOf, reason, words } from "conferences/ui/words.js";

const SHOWN_MS = 4_500;
const GOING_MS = 300;
const AT_ONCE = 3;
/** In larger conferences nobody wants to hear of everyone who comes and goes. */
const FEW = 12;

/** @param {Meeting} meeting */
export function toasts(meeting) {
  meeting.live.subscribe((news) => {
    if (news.what === "event") tellEvent(meeting, news);
    if (news.what === "picture") tellRole(meeting, news.before);
    if (news.what === "refused") toast({ text: reason(news.reason), icon: "alert" });
  });
  return () => {};
}

/**
 * @param {string} name of the words to show
 * @param {Record<string, string | number>} values
 */
export function say(name, values = {}) {
  toast({ text: words(name, values), icon: iconOf(name) });
}

/** @param {{text: string, icon: string}} note */
export function toast({ text, icon }) {
  const stack = part("toasts", HTMLElement);
  const element = made("toast");
  the("span", HTMLElement, element).textContent = text;
  const use = the("use", SVGUseElement, element);
  const sprite = the(".icon use", SVGUseElement).getAttribute("href")?.split("#")[0] ?? "";
  use.setAttribute("href", `${sprite}#${icon}`);
  stack.append(element);
  while (stack.childElementCount > AT_ONCE) stack.firstElementChild?.remove();
  setTimeout(() => element.toggleAttribute("data-going", true), SHOWN_MS);
  setTimeout(() => element.remove(), SHOWN_MS + GOING_MS);
}

/**
 * @param {Meeting} meeting
 * @param {EventNews} news
 */
function tellEvent(meeting, { event, before }) {
  const { live } = meeting;
  if (event.type === "call.merged") return tellMerged(meeting, event.into, before.participants[event.participant]?.name);
  if (event.type === "spotlight.moved") return tellSpotlight(meeting, event.to);
  if (!("participant" in event)) return tellAll(event);
  const by = "by" in event ? event.by : "";
  if (event.participant === live.you && by !== live.you) return tellMe(meeting, event, nameOf(meeting, by));
  if (event.participant !== live.you) tellOthers(meeting, event, before.participants[event.participant]?.name);
}

/**
 * @param {Meeting} meeting
 * @param {string} to
 */
function tellSpotlight(meeting, to) {
  if (to === meeting.live.you) return say("spotlight_you");
  if (to) say("spotlight", { name: nameOf(meeting, to) });
}

/**
 * @param {Meeting} meeting
 * @param {string} into
 * @param {string | undefined} caller
 */
function tellMerged(meeting, into, caller = "") {
  if (into === meeting.live.you) return say("phone_merged");
  say("merged", { caller, name: nameOf(meeting, into) });
}

/**
 * Who becomes or was host sees more or less than before, and so hears of it by a new picture.
 *
 * @param {Meeting} meeting
 * @param {Picture | null} before
 */
function tellRole({ live }, before) {
  const [was, is] = [before?.participants[live.you]?.role, live.me?.role];
  if (was && is && was !== is && was !== "waiting" && is !== "waiting") say(`${is}_now`);
}

/** @param {AnyEvent} event */
function tellAll({ type }) {
  if (type === "conference.locked") say("locked");
  if (type === "conference.unlocked") say("unlocked");
}

/**
 * @param {Meeting} meeting
 * @param {AnyEvent} event
 * @param {string} name who did it
 */
function tellMe({ view }, event, name) {
  if (event.type === "microphone.muted" && name) say("muted_by", { name });
  if (event.type === "camera.stopped" && name) say("camera_by", { name });
  if (event.type === "screen.stopped" && name) say("screen_by", { name });
  if (event.type === "hand.lowered" && name) say("hand_by", { name });
  if (event.type === "role.changed" && event.role !== "waiting") say(`${event.role}_now`);
  if (event.type === "microphone.unmuted") view.set({ asked: false });
}

/**
 * @param {Meeting} meeting
 * @param {AnyEvent} event
 * @param {string | undefined} before what they were called before
 */
function tellOthers(meeting, event, before = "") {
  const { live, view } = meeting;
  const few = Object.keys(live.picture?.participants ?? {}).length <= FEW;
  const host = live.me?.role === "host";
  if (event.type === "participant.joined" && event.role === "waiting") return host && say("waits", { name: event.name });
  if (event.type === "participant.joined" || event.type === "participant.admitted") return few && say("joined", { name: event.name });
  if (event.type === "participant.left") return few && before && say("left", { name: before });
  if (event.type === "hand.raised") return say("hand", { name: before });
  if (event.type === "screen.shared") return say("screen", { name: before });
  if (event.type === "microphone.asked") return view.set({ asked: true });
  if (event.type === "chat.sent" || event.type === "chat.whispered")
    return view.panel !== "chat" && say("wrote", { name: event.name, text: event.file?.name ?? event.text });
}

/**
 * @param {Meeting} meeting
 * @param {string} id
 */
const nameOf = ({ live }, id) => live.picture?.participants[id]?.name ?? "";

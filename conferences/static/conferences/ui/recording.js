/**
 * That the meeting is recorded: everybody sees it, is asked whether they stay, and hosts have it in their hands.
 *
 * @import {AnyEvent, Picture, Recording} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { recordedMs } from "conferences/core/recording.js";
import { copyText } from "conferences/ui/copy.js";
import { all, part, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { lasting } from "conferences/ui/toolbar.js";

const TICK_MS = 500;
const AGREED = "meeting.recording";

/** @param {Meeting} meeting */
export function recording(meeting) {
  const { live } = meeting;
  live.subscribe((news) => {
    if (news.what !== "event") return;
    if (news.event.type === "recording.started" && news.event.by === live.you) started(meeting);
    tell(meeting, news.event, news.before);
  });
  setInterval(() => drawTime(meeting), TICK_MS);
  return () => {
    const now = live.picture?.recording ?? null;
    drawBadge(meeting, now);
    drawConsent(meeting, now);
    drawMenu(meeting, now);
    drawTime(meeting);
  };
}

/** @param {Meeting} meeting */
export function recordingDeeds(meeting) {
  const { live } = meeting;
  return {
    "recording-start": () => live.submit({ type: "recording.start" }),
    "recording-pause": () => live.submit({ type: "recording.pause" }),
    "recording-resume": () => live.submit({ type: "recording.resume" }),
    "recording-stop": () => live.submit({ type: "recording.stop" }),
    "recording-live": () => live.submit({ type: live.picture?.recording?.live ? "recording.end_live" : "recording.go_live" }),
    "recording-link": async () => {
      await copyText(watchUrl(meeting));
      say("watch_copied");
    },
    "recording-stay": () => {
      agree(meeting);
      meeting.view.changed();
    },
  };
}

/** @param {Meeting} meeting */
function watchUrl({ live, page }) {
  return new URL(`${page.watch_path}${live.conference}-${live.picture?.recording?.id}`, location.href).href;
}

/** @type {Record<string, string>} */
const TOLD_TO_HOSTS = { disk: "recording_failed", quota: "recording_no_room", minutes: "recording_no_minutes" };

/** @param {Meeting} meeting */
const thisOne = ({ live }) => `${live.conference}-${live.picture?.recording?.id}`;

/**
 * Remembered over a reload: nobody is asked twice about one recording.
 *
 * @param {Meeting} meeting
 */
const agree = (meeting) => sessionStorage.setItem(AGREED, thisOne(meeting));

/**
 * Who started it is not asked.
 *
 * @param {Meeting} meeting
 */
function started(meeting) {
  agree(meeting);
  say("recording_started");
}

/**
 * @param {Meeting} meeting
 * @param {AnyEvent} event
 * @param {Picture} before
 */
function tell({ live }, event, before) {
  const host = live.me?.role === "host";
  if (event.type === "recording.paused") say("recording_paused");
  if (event.type === "recording.resumed") say("recording_resumed");
  if (event.type === "recording.stopped" && event.reason !== "ended")
    say((host && TOLD_TO_HOSTS[event.reason]) || "recording_stopped");
  if (event.type === "recording.reduced" && host) say("recording_reduced");
  if (event.type === "recording.ran_over" && host) say("recording_ran_over");
  if (event.type === "recording.live_started") say("recording_live");
  if (event.type === "recording.live_ended" && before.recording) say("recording_not_live");
}

/**
 * @param {Meeting} meeting
 * @param {Recording | null} now
 */
function drawBadge({ live }, now) {
  const badge = part("recording", HTMLElement);
  badge.hidden = !now;
  part("waiting-recording", HTMLElement).hidden = !now;
  if (!now) return;
  badge.dataset.status = now.status;
  for (const text of all("[data-recording]", badge)) text.hidden = text.dataset.recording !== now.status;
  part("recording-live", HTMLElement).hidden = !now.live;
  part("recording-reduced", HTMLElement).hidden = !now.reduced || live.me?.role !== "host";
  part("recording-ran-over", HTMLElement).hidden = !now.ran_over || live.me?.role !== "host";
}

/** @param {Meeting} meeting */
function drawTime({ live }) {
  const now = live.picture?.recording;
  const text = now ? lasting(recordedMs(now, live.now())) : "";
  const clock = part("recording-time", HTMLElement);
  if (clock.textContent !== text) clock.textContent = text;
}

/**
 * The focus stays where it is, lest somebody agrees by what they were typing.
 *
 * @param {Meeting} meeting
 * @param {Recording | null} now
 */
function drawConsent(meeting, now) {
  const notice = part("recording-consent", HTMLElement);
  const asks = now !== null && sessionStorage.getItem(AGREED) !== thisOne(meeting);
  if (notice.hidden === !asks) return;
  const held = notice.contains(document.activeElement);
  notice.hidden = !asks;
  if (held && !asks) part("stage", HTMLElement).focus({ preventScroll: true });
}

/**
 * @param {Meeting} meeting
 * @param {Recording | null} now
 */
function drawMenu({ live }, now) {
  const mode = live.picture?.policy.recording ?? "off";
  const menu = part("recording-menu", HTMLElement);
  menu.hidden = mode === "off" && !now;
  show("start", !now);
  show("pause", now?.status === "recording");
  show("resume", now?.status === "paused");
  show("stop", Boolean(now) && mode !== "always");
  show("live", Boolean(now)).setAttribute("aria-checked", String(Boolean(now?.live)));
  show("link", Boolean(now));
}

/**
 * @param {string} what
 * @param {boolean} shown
 */
function show(what, shown) {
  const item = the(`[data-do="recording-${what}"]`, HTMLElement, part("recording-menu", HTMLElement));
  item.hidden = !shown;
  return item;
}

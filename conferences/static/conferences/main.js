/**
 * The conference page: brings its modules together, and lets them draw whenever something changed.
 *
 * @import {Page} from "conferences/seat.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { isOfDrawing as isDrawn } from "conferences/core/board.js";
import { realClock, Live } from "conferences/live.js";
import { Local } from "conferences/media/local.js";
import { Session } from "conferences/media/session.js";
import { Wishes } from "conferences/media/wishes.js";
import { Seat } from "conferences/seat.js";
import { actions } from "conferences/ui/actions.js";
import { agenda } from "conferences/ui/agenda.js";
import { agendaNow } from "conferences/ui/agenda_now.js";
import { attendance } from "conferences/ui/attendance.js";
import { banners } from "conferences/ui/banners.js";
import { billingCode } from "conferences/ui/billing_code.js";
import { calls } from "conferences/ui/calls.js";
import { captionForm } from "conferences/ui/caption_form.js";
import { captions } from "conferences/ui/captions.js";
import { chat } from "conferences/ui/chat.js";
import { chatActions } from "conferences/ui/chat_actions.js";
import { chatFiles } from "conferences/ui/chat_files.js";
import { copying } from "conferences/ui/copy.js";
import { devices } from "conferences/ui/devices.js";
import { documents } from "conferences/ui/documents.js";
import { ended } from "conferences/ui/ended.js";
import { hostMenu } from "conferences/ui/host_menu.js";
import { join } from "conferences/ui/join.js";
import { invitation } from "conferences/ui/invitation.js";
import { lead } from "conferences/ui/lead.js";
import { lobbyMessage } from "conferences/ui/lobby_message.js";
import { menus } from "conferences/ui/menu.js";
import { moreMenu } from "conferences/ui/more_menu.js";
import { merge } from "conferences/ui/merge.js";
import { mutedNotice } from "conferences/ui/muted_notice.js";
import { notes } from "conferences/ui/notes.js";
import { participantMenu } from "conferences/ui/participant_menu.js";
import { newPoll } from "conferences/ui/new_poll.js";
import { part, the } from "conferences/ui/parts.js";
import { people } from "conferences/ui/people.js";
import { polls } from "conferences/ui/polls.js";
import { questions } from "conferences/ui/questions.js";
import { reactions } from "conferences/ui/reactions.js";
import { recording } from "conferences/ui/recording.js";
import { rename } from "conferences/ui/rename.js";
import { settings } from "conferences/ui/settings.js";
import { sharedLink } from "conferences/ui/shared_link.js";
import { shortcuts } from "conferences/ui/shortcuts.js";
import { slideKeys, slides } from "conferences/ui/slides.js";
import { stage } from "conferences/ui/stage.js";
import { timer } from "conferences/ui/timer.js";
import { say, toasts } from "conferences/ui/toasts.js";
import { tones } from "conferences/ui/tones.js";
import { toolbar } from "conferences/ui/toolbar.js";
import { View } from "conferences/ui/view.js";
import { whiteboard } from "conferences/ui/whiteboard.js";
import { waiting } from "conferences/ui/waiting.js";
import { Uploads } from "conferences/uploads.js";

const NARROW = "(width < 700px)";
const VIDEOS = 16;
const VIDEOS_NARROW = 6;

const PARTS = [
  join, waiting, ended, slides, slideKeys, whiteboard, stage, captions, captionForm, people, chat, chatActions, chatFiles, documents, polls, newPoll, questions, timer, sharedLink, toolbar, reactions,
  toasts, banners, hostMenu, moreMenu,
  agenda, agendaNow, lead, recording, lobbyMessage, notes, tones, attendance, billingCode,
  calls, merge, participantMenu, settings, rename, shortcuts, devices, mutedNotice, actions,
];

let due = false;
const meeting = made();
const draws = [() => drawBody(meeting), ...PARTS.map((mount) => mount(meeting))];

menus();
copying();
invitation();
follow(meeting);
begin(meeting);
changed();

/** @returns {Meeting} */
function made() {
  const page = /** @type {Page} */ (JSON.parse(the("#page", HTMLElement).textContent ?? ""));
  const csrf = the("[name=csrfmiddlewaretoken]", HTMLInputElement).value;
  const seat = new Seat({ page, csrf });
  const wishes = new Wishes();
  const view = new View(changed);
  const local = new Local({ wishes, changed: localChanged });
  const live = new Live({ open: () => new WebSocket(socketUrl(page)), seats: seat, clock: realClock });
  const videos = matchMedia(NARROW).matches ? VIDEOS_NARROW : VIDEOS;
  const session = new Session({ live, local, wishes, iceServers: page.ice_servers, videos, changed });
  const uploads = new Uploads({ live, seat, changed, url: page.documents_url, most: page.upload_max_bytes, named: "X-Document-Name" });
  const files = new Uploads({ live, seat, changed, url: page.files_url, most: page.file_max_bytes, named: "X-File-Name" });
  return { live, uploads, files, session, local, wishes, seat, page, view };
}

/** @param {Page} page */
function socketUrl(page) {
  return new URL(page.socket_path, location.href.replace(/^http/, "ws")).href;
}

function localChanged() {
  meeting.session.sync();
  changed();
}

/**
 * Levels and strokes come by the dozen; who shows them draws them alone.
 *
 * @param {import("conferences/live.js").News} news
 */
function isDrawnAlone(news) {
  if (news.what === "signal") return ["drawing.motion", "speaking.levels"].includes(news.signal.type);
  return news.what === "event" && isDrawn(news.event.type);
}

/** Draw once for all that changes now. */
function changed() {
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    for (const draw of draws) draw();
  });
}

/** @param {Meeting} meeting */
function drawBody({ live }) {
  const { dataset } = document.body;
  dataset.connection = live.connection;
  part("conference", HTMLElement).hidden = live.phase !== "live" && live.phase !== "reconnecting";
  if (dataset.state === live.phase) return;
  dataset.state = live.phase;
  queueMicrotask(() => arrive(live.phase));
}

/**
 * What had the focus is gone with its section: begin where the new one begins.
 *
 * @param {string} phase
 */
function arrive(phase) {
  if (document.activeElement?.checkVisibility() && document.activeElement !== document.body) return;
  const start = document.querySelector(`[data-focus~="${phase}"]`);
  if (start instanceof HTMLElement) start.focus({ preventScroll: true });
}

/** @param {Meeting} meeting */
function follow({ live, seat, wishes, view }) {
  live.subscribe((news) => {
    if (news.what === "picture" && live.phase === "live" && seat.held && !seat.held.entered) {
      if (live.picture?.policy.mute_on_entry && wishes.on.microphone) {
        wishes.set("microphone", false);
        say("mute_entry");
      }
      seat.enter();
    }
    if (news.what === "connection" && live.connection === "closed") over();
    if (!isDrawnAlone(news)) changed();
  });
  window.addEventListener("online", () => live.hurry());
  document.addEventListener("visibilitychange", () => document.hidden || live.hurry());

  function over() {
    if (live.closing?.why !== "elsewhere") seat.give();
    view.set({ joining: false, panel: "", pinned: "", astray: false, unread: 0, asked: false });
  }
}

/**
 * Who reloads comes straight back; everyone else first sees how they look.
 *
 * @param {Meeting} meeting
 */
function begin({ live, seat, local, wishes }) {
  if (seat.held) return live.start({ returning: true });
  local.prepare(/** @type {const} */ (["microphone", "camera"]).filter((what) => wishes.on[what]));
}

Object.assign(window, {
  meeting: { page: meeting.page, live: meeting.live, session: meeting.session, view: meeting.view, get peer() { return meeting.session.peer; } },
});

/**
 * What the page's buttons do: `data-do`, `data-switch`, `data-copy`. Keys press the same buttons (`shortcuts.js`).
 *
 * @import {Meeting} from "conferences/ui/view.js"
 * @import {Switch} from "conferences/media/wishes.js"
 */

import { openAttendance } from "conferences/ui/attendance.js";
import { openBillingCode } from "conferences/ui/billing_code.js";
import { openCall } from "conferences/ui/calls.js";
import { toggleWriting } from "conferences/ui/caption_form.js";
import { toggleCaptions } from "conferences/ui/captions.js";
import { copyChat, exportChat } from "conferences/ui/chat_export.js";
import { part } from "conferences/ui/parts.js";
import { toggleLead } from "conferences/ui/lead.js";
import { openLobbyMessage } from "conferences/ui/lobby_message.js";
import { downloadNotes } from "conferences/ui/notes.js";
import { recordingDeeds } from "conferences/ui/recording.js";
import { openRename } from "conferences/ui/rename.js";

/** @typedef {Record<string, () => unknown>} Actions */

/** @param {Meeting} meeting */
export function actions(meeting) {
  const deeds = deedsOf(meeting);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-do], [data-switch]") : null;
    if (!(button instanceof HTMLElement)) return;
    if (button.dataset.switch) turn(meeting, /** @type {Switch} */ (button.dataset.switch));
    else deeds[button.dataset.do ?? ""]?.();
  });
  return () => {};
}

/**
 * @param {Meeting} meeting
 * @returns {Actions}
 */
function deedsOf(meeting) {
  const { live, session, local, view, wishes } = meeting;
  return {
    leave: () => live.leave(),
    ...recordingDeeds(meeting),
    people: () => view.toggle("people"),
    chat: () => view.toggle("chat"),
    documents: () => view.toggle("documents"),
    polls: () => view.set({ panel: "polls" }),
    questions: () => view.set({ panel: "questions" }),
    agenda: () => view.set({ panel: "agenda" }),
    notes: () => view.set({ panel: "notes" }),
    "download-notes": () => downloadNotes(),
    "lobby-message": () => openLobbyMessage(meeting),
    attendance: () => openAttendance(meeting),
    "billing-code": () => openBillingCode(meeting),
    lead: () => toggleLead(meeting),
    captions: () => toggleCaptions(meeting),
    "write-captions": () => toggleWriting(meeting),
    "stop-captions": () => live.submit({ type: "captions.unassign" }),
    follow: () => view.set({ astray: false }),
    timer: () => part("timer-dialog", HTMLDialogElement).showModal(),
    "stop-timer": () => live.submit({ type: "timer.stop" }),
    "next-speaker": () => live.submit({ type: "hand.next" }),
    "chat-copy": () => copyChat(meeting),
    "chat-export": () => exportChat(meeting),
    "share-link": () => part("link-dialog", HTMLDialogElement).showModal(),
    "show-link": () => view.set({ linkSeen: 0 }),
    "link-later": () => view.set({ linkSeen: live.picture?.link?.id ?? 0 }),
    "link-withdraw": () => live.submit({ type: "link.withdraw" }),
    "close-panel": () => closePanel(meeting),
    hand: () => live.submit({ type: live.me?.hand ? "hand.lower" : "hand.raise" }),
    screen: () => (live.me?.screen ? session.stopScreen() : session.shareScreen()),
    invite: () => part("invite", HTMLDialogElement).showModal(),
    call: () => openCall({ me: false }),
    "call-me": () => openCall({ me: true }),
    "leave-phone": () => live.submit({ type: "call.split", hang_up: true }),
    settings: () => part("settings", HTMLDialogElement).showModal(),
    shortcuts: () => part("shortcuts", HTMLDialogElement).showModal(),
    rename: () => openRename({ participant: "", name: live.me?.name ?? "" }),
    fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    "admit-all": () => live.submit({ type: "lobby.admit_all" }),
    stay: () => live.submit({ type: "conference.stay" }),
    hear: () => session.peer?.hear(),
    "unmute-asked": () => {
      view.set({ asked: false });
      session.turn("microphone", true);
    },
    "stay-muted": () => view.set({ asked: false }),
    "try-devices": () => {
      for (const what of /** @type {Switch[]} */ (["microphone", "camera"])) wishes.set(what, true);
      local.prepare(["microphone", "camera"]);
    },
  };
}

/**
 * Before one is in, a switch is a wish; inside, it asks the conference.
 *
 * @param {Meeting} meeting
 * @param {Switch} what
 */
export async function turn({ live, session, local, wishes }, what) {
  if (live.phase === "live" || live.phase === "reconnecting")
    return session.turn(what, what === "microphone" ? !session.speaking : !session.showing);
  const on = !(wishes.on[what] && local.tracks[what]);
  wishes.set(what, on);
  if (on) await local.prepare([what]);
  else if (what === "camera") local.close("camera");
  local.changed();
}

/** @param {Meeting} meeting */
function closePanel({ view }) {
  const button =
    document.querySelector(`.bar-end [data-panel-button="${view.panel}"]`) ?? document.querySelector(".bar-end [data-menu=activities]");
  view.set({ panel: "" });
  if (button instanceof HTMLElement) button.focus();
}

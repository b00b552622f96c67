/**
 * The parts of the conference page, drawn of a sample by the modules that draw them in meetings. What is asked for
 * here goes nowhere.
 *
 * @import {Picture, ServerSignal} from "conferences/core/messages.js"
 * @import {Page} from "conferences/seat.js"
 * @import {Meeting, Panel} from "conferences/ui/view.js"
 */

import { Live, realClock } from "conferences/live.js";
import { Wishes } from "conferences/media/wishes.js";
import { Seat } from "conferences/seat.js";
import { agenda } from "conferences/ui/agenda.js";
import { agendaNow } from "conferences/ui/agenda_now.js";
import { banners } from "conferences/ui/banners.js";
import { calls } from "conferences/ui/calls.js";
import { captionForm } from "conferences/ui/caption_form.js";
import { captions } from "conferences/ui/captions.js";
import { chat } from "conferences/ui/chat.js";
import { documents } from "conferences/ui/documents.js";
import { hostMenu } from "conferences/ui/host_menu.js";
import { lead } from "conferences/ui/lead.js";
import { lobbyMessage } from "conferences/ui/lobby_message.js";
import { menus } from "conferences/ui/menu.js";
import { moreMenu } from "conferences/ui/more_menu.js";
import { newPoll } from "conferences/ui/new_poll.js";
import { notes } from "conferences/ui/notes.js";
import { all, part, the } from "conferences/ui/parts.js";
import { people } from "conferences/ui/people.js";
import { polls } from "conferences/ui/polls.js";
import { questions } from "conferences/ui/questions.js";
import { recording } from "conferences/ui/recording.js";
import { sharedLink } from "conferences/ui/shared_link.js";
import { slides } from "conferences/ui/slides.js";
import { stage } from "conferences/ui/stage.js";
import { timer } from "conferences/ui/timer.js";
import { say } from "conferences/ui/toasts.js";
import { toolbar } from "conferences/ui/toolbar.js";
import { View } from "conferences/ui/view.js";
import { Uploads } from "conferences/uploads.js";

/** @type {[(meeting: Meeting) => () => void, Panel][]} each with the panel that is open for it */
const PARTS = [
  [slides, ""], [stage, ""], [toolbar, "chat"], [captions, ""],
  [people, "people"], [chat, "chat"], [polls, "polls"], [questions, "questions"], [documents, "documents"], [agenda, "agenda"], [notes, "notes"],
  [banners, ""], [recording, ""], [agendaNow, ""], [lead, ""], [timer, ""], [sharedLink, ""], [calls, ""], [lobbyMessage, ""], [hostMenu, ""], [moreMenu, ""], [captionForm, ""], [newPoll, ""],
];

const page = /** @type {Page & {picture: Picture, now: number}} */ (JSON.parse(the("#page", HTMLElement).textContent ?? ""));
const socket = { send() {}, close() {}, readyState: WebSocket.OPEN, onmessage: (/** @type {{data: string}} */ _) => {}, onclose: null, onopen: () => {}, onerror: null };
const meeting = made();
for (const panel of all(".style-panel > .panel")) panel.hidden = false;
const draws = PARTS.map(([mount, panel]) => mount({ ...meeting, view: Object.assign(new View(drawn), { panel, unread: 2, quality: { bob: "poor" } }) }));

menus();
meeting.live.start();
told({ welcome: page.picture, you: "alice", conference: "c", server: "s", now: page.now });
told({ signal: /** @type {ServerSignal} */ ({ type: "speaking.levels", levels: { bob: 7, alice: 3 } }) });
drawn();
part("link-card", HTMLElement).hidden = part("recording-consent", HTMLElement).hidden = false;
for (const dialog of all(".style-overlays > .dialog")) /** @type {HTMLDialogElement} */ (dialog).open = true;
toasted();
emptied();
new ResizeObserver(drawn).observe(part("stage", HTMLElement));

/** @returns {Meeting} */
function made() {
  const seat = new Seat({ page, csrf: "" });
  const live = new Live({ open: () => socket, seats: seat, clock: realClock });
  const session = { speaking: true, showing: false, phoning: false, peer: null, look() {} };
  const local = { tracks: { microphone: null, camera: null, screen: null } };
  const uploads = new Uploads({ live, seat, changed() {}, url: "", most: page.upload_max_bytes, named: "" });
  return /** @type {Meeting} */ (/** @type {unknown} */ ({ live, uploads, files: uploads, session, local, wishes: new Wishes(), seat, page }));
}

/** @param {object} frame */
function told(frame) {
  socket.onmessage({ data: JSON.stringify(frame) });
}

function drawn() {
  for (const draw of draws) draw();
}

/** Notes go by themselves; their likenesses stay. */
function toasted() {
  say("hand", { name: "Carol" });
  say("wrote", { name: "Bob", text: the(".line-text", HTMLElement).textContent ?? "" });
  say("call_failed", { name: "+49 30 5550199", reason: "…" });
  const stack = part("toasts", HTMLElement);
  stack.replaceWith(stack.cloneNode(true));
}

/** What panels say that have nothing to show. */
function emptied() {
  const likenesses = all(".panel-empty, .chat-empty").map((note) => /** @type {HTMLElement} */ (note.cloneNode(true)));
  for (const likeness of likenesses) Object.assign(likeness, { hidden: false }).removeAttribute("data-part");
  part("empty", HTMLElement).append(...likenesses);
}

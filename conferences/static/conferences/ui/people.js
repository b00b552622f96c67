/**
 * The roster, and who waits to come in.
 *
 * @import {Participant, Picture} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { admitted, handPlace, roster, waiting } from "conferences/core/people.js";
import { drawAvatar } from "conferences/ui/avatar.js";
import { keep, made, part, the } from "conferences/ui/parts.js";
import { openParticipantMenu } from "conferences/ui/participant_menu.js";
import { filled } from "conferences/ui/words.js";

const NOTES = /** @type {const} */ (["you", "host", "presenter", "phone", "held", "line", "away"]);

/** @param {Meeting} meeting */
export function people(meeting) {
  const { live, view } = meeting;
  const root = part("people", HTMLElement);
  root.addEventListener("click", ({ target }) => act(meeting, target));
  return () => {
    const opened = root.hidden && view.panel === "people";
    root.hidden = view.panel !== "people";
    if (root.hidden || !live.picture) return;
    draw(meeting);
    if (opened) part("people", HTMLElement).querySelector("h2")?.focus();
  };
}

/** @param {Meeting} meeting */
function draw(meeting) {
  const { picture, me } = meeting.live;
  if (!picture) return;
  part("people-count", HTMLElement).textContent = String(admitted(picture).length);
  const queue = me?.role === "host" ? waiting(picture) : [];
  part("next-speaker", HTMLElement).hidden = me?.role !== "host" || !admitted(picture).some((person) => person.hand);
  part("lobby", HTMLElement).hidden = !queue.length;
  const key = (/** @type {Participant} */ { id }) => id;
  keep({
    list: part("lobby-list", HTMLElement),
    items: queue,
    key,
    make: () => made("waiting-person"),
    draw: (row, person) => drawName(row, person, picture),
  });
  keep({
    list: part("people-list", HTMLElement),
    items: roster(picture),
    key,
    make: () => made("person"),
    draw: (row, person) => drawPerson(meeting, row, person, picture),
  });
}

/**
 * @param {HTMLElement} row
 * @param {Participant} person
 * @param {Picture} picture
 */
function drawName(row, { id, name, web }, picture) {
  drawAvatar({ within: row, id, name, web });
  the(".person-name", HTMLElement, row).textContent = name;
  const hear = the("[data-act=hear]", HTMLElement, row);
  hear.hidden = !picture.spoken_names[id];
  hear.setAttribute("aria-label", filled(hear.dataset.label ?? "", { name }));
}

/**
 * @param {Meeting} meeting
 * @param {HTMLElement} row
 * @param {Participant} person
 * @param {Picture} picture
 */
function drawPerson({ live, session }, row, person, picture) {
  drawName(row, person, picture);
  const own = person.id === live.you;
  const { role, phone, held, connected } = person;
  const is = { you: own, host: role === "host", presenter: role === "presenter", phone, held, line: person.line === "poor", away: !connected };
  for (const note of NOTES) the(`[data-note=${note}]`, HTMLElement, row).hidden = !is[note];
  row.toggleAttribute("data-away", is.away);
  const speaking = own ? session.speaking : person.microphone;
  part("muted", HTMLElement, row).hidden = speaking;
  part("heard", HTMLElement, row).hidden = !speaking;
  part("screen", HTMLElement, row).hidden = !person.screen;
  part("hand", HTMLElement, row).hidden = !person.hand;
  part("hand-place", HTMLElement, row).textContent = String(handPlace(picture, person.id));
  const menu = the("[data-act=menu]", HTMLElement, row);
  menu.setAttribute("aria-label", filled(menu.dataset.label ?? "", { name: person.name }));
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 */
function act(meeting, target) {
  const button = target instanceof Element ? target.closest("[data-act]") : null;
  const participant = button?.closest("li")?.dataset.key;
  if (!(button instanceof HTMLElement) || !participant) return;
  if (button.dataset.act === "admit") meeting.live.submit({ type: "lobby.admit", participant });
  if (button.dataset.act === "deny") meeting.live.submit({ type: "lobby.deny", participant });
  if (button.dataset.act === "hear") hear(meeting, participant, button.dataset.address ?? "");
  if (button.dataset.act === "menu") openParticipantMenu(meeting, { participant, button });
}

/** One name at a time. */
const voice = new Audio();

/**
 * @param {Meeting} meeting
 * @param {string} participant
 * @param {string} address
 */
function hear({ live }, participant, address) {
  const key = live.picture?.spoken_names[participant];
  if (!key) return;
  voice.src = address.replace("KEY", key);
  voice.play().catch(() => {}); // its conference may be over
}

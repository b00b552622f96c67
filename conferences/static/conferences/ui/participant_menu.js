/**
 * What one may do with somebody.
 *
 * @import {ClientCommand, Participant} from "conferences/core/messages.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { cameraOf } from "conferences/core/layout.js";
import { lookOf, togglePin } from "conferences/ui/lead.js";
import { openMenu } from "conferences/ui/menu.js";
import { openMerge } from "conferences/ui/merge.js";
import { all, part } from "conferences/ui/parts.js";
import { openRename } from "conferences/ui/rename.js";

let chosen = "";

/** @param {Meeting} meeting */
export function participantMenu(meeting) {
  const menu = part("menu-participant", HTMLElement);
  menu.addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest("[data-person-do]") : null;
    if (item instanceof HTMLElement) act(meeting, item.dataset.personDo ?? "");
  });
  return () => {};
}

/**
 * @param {Meeting} meeting
 * @param {{participant: string, button: HTMLElement}} wanted
 */
export function openParticipantMenu(meeting, { participant, button }) {
  const person = meeting.live.picture?.participants[participant];
  if (!person) return;
  chosen = participant;
  const menu = part("menu-participant", HTMLElement);
  menu.setAttribute("aria-label", person.name);
  const possible = possibleWith(meeting, person);
  for (const item of all("[data-person-do]", menu)) item.hidden = !possible[item.dataset.personDo ?? ""];
  tidy(menu);
  openMenu({ name: "participant", button });
}

/**
 * @param {Meeting} meeting
 * @param {Participant} person
 * @returns {Record<string, boolean>}
 */
function possibleWith(meeting, person) {
  const { live } = meeting;
  const host = live.me?.role === "host";
  const own = person.id === live.you;
  const other = host && !own;
  const writes = Boolean(live.picture?.captions.writers.includes(person.id));
  const pinned = lookOf(meeting).pinned === cameraOf(person.id);
  return {
    pin: !pinned,
    unpin: pinned,
    light: host && live.picture?.spotlight !== person.id,
    unlight: host && live.picture?.spotlight === person.id,
    write: !own && person.web,
    rename: host || own,
    mute: (host || own) && person.microphone,
    ask: other && !person.microphone,
    stop_camera: other && person.camera,
    stop_screen: (host || own) && person.screen,
    lower_hand: (host || own) && person.hand > 0,
    captions: other && person.web && !writes,
    uncaptions: other && writes,
    host: other && person.role !== "host",
    pass: other && person.role !== "host",
    presenter: other && person.role !== "presenter",
    guest: other && person.role !== "guest",
    merge: host && person.phone && !person.web,
    split: other && person.phone && person.web,
    leave_phone: own && person.phone,
    hold: other && !person.entitled,
    remove: other && !person.entitled,
  };
}

/**
 * A line only between things that are there.
 *
 * @param {HTMLElement} menu
 */
function tidy(menu) {
  /** @type {HTMLElement | null} */
  let line = null;
  let any = false;
  for (const child of all(":scope > *", menu)) {
    if (child.tagName === "HR") {
      child.hidden = true;
      if (any) line = child;
    } else if (!child.hidden) {
      if (line) line.hidden = false;
      line = null;
      any = true;
    }
  }
}

/**
 * @param {Meeting} meeting
 * @param {string} what
 */
function act(meeting, what) {
  const { live, view } = meeting;
  const participant = chosen;
  const command = commandOf(what, participant);
  if (command) live.submit(command);
  if (what === "pin" || what === "unpin") togglePin(meeting, cameraOf(participant));
  if (what === "write") view.set({ panel: "chat", unread: 0, to: participant });
  if (what === "merge") openMerge(meeting, participant);
  if (what === "rename") openRename({ participant, name: live.picture?.participants[participant]?.name ?? "" });
}

/**
 * @param {string} what
 * @param {string} participant
 * @returns {ClientCommand | undefined}
 */
function commandOf(what, participant) {
  /** @type {Record<string, ClientCommand>} */
  const commands = {
    light: { type: "spotlight.move", participant },
    unlight: { type: "spotlight.move" },
    mute: { type: "microphone.mute", participant },
    ask: { type: "microphone.ask", participant },
    stop_camera: { type: "camera.stop", participant },
    stop_screen: { type: "screen.stop", participant },
    lower_hand: { type: "hand.lower", participant },
    captions: { type: "captions.assign", participant },
    uncaptions: { type: "captions.unassign", participant },
    host: { type: "role.set", participant, role: "host" },
    presenter: { type: "role.set", participant, role: "presenter" },
    guest: { type: "role.set", participant, role: "guest" },
    pass: { type: "role.pass", participant },
    split: { type: "call.split", participant },
    leave_phone: { type: "call.split", hang_up: true },
    hold: { type: "lobby.hold", participant },
    remove: { type: "participant.remove", participant },
  };
  return commands[what];
}

/**
 * What is typed after a slash, as commands of the protocol or deeds of the page. Pure. The words of commands are
 * English in every language; `//` begins a text with one slash.
 *
 * @import {ClientCommand, Participant, Picture} from "conferences/core/messages.js"
 */

import { admitted, waiting } from "conferences/core/people.js";
import { addressOf } from "conferences/core/shared_links.js";

/** @typedef {"help" | "mute" | "unmute" | "camera" | "notes" | "export" | "leave"} Deed what a page does of itself */
/** @typedef {{what: "submit", command: ClientCommand}} Submit */
/** @typedef {{what: "do", deed: Deed}} Do */
/** @typedef {{what: "problem", problem: "unknown" | "unlike" | "forbidden" | "usage" | "nobody" | "which", values: Record<string, string | string[]>}} Problem */
/** @typedef {Submit | Do | Problem | {what: "text", text: string}} Parsed */
/** @typedef {{picture: Picture, you: string, me: Participant}} Room */
/** @typedef {{needs: "guest" | "presenter" | "host", parse: (given: string, room: Room) => Parsed | null}} Known */

const RANKS = ["waiting", "guest", "presenter", "host"];
const REACTIONS = /** @type {const} */ (["thumbs_up", "applause", "heart", "laugh", "surprise", "celebrate", "thumbs_down"]);
const YES = /^\/([a-z]+)(?:\s+([\s\S]*))?$/i;

/** @type {Record<string, Known>} */
const KNOWN = {
  help: { needs: "guest", parse: () => deed("help") },
  msg: { needs: "guest", parse: msg },
  me: { needs: "guest", parse: (given, { me }) => (given ? { what: "text", text: `* ${me.name} ${given}` } : null) },
  hand: { needs: "guest", parse: (_, { me }) => submit({ type: me.hand ? "hand.lower" : "hand.raise" }) },
  react: { needs: "guest", parse: react },
  mute: { needs: "guest", parse: mute },
  unmute: { needs: "guest", parse: () => deed("unmute") },
  camera: { needs: "guest", parse: () => deed("camera") },
  rename: { needs: "guest", parse: (name) => (name ? submit({ type: "participant.rename", name: name.slice(0, 60) }) : null) },
  poll: { needs: "presenter", parse: poll },
  timer: { needs: "presenter", parse: timer },
  link: { needs: "presenter", parse: link },
  next: { needs: "host", parse: () => submit({ type: "hand.next" }) },
  spotlight: { needs: "host", parse: (given, room) => (given ? about(given, others(room, true), (participant) => ({ type: "spotlight.move", participant })) : submit({ type: "spotlight.move" })) },
  admit: { needs: "host", parse: (given, { picture }) => (given ? about(given, waiting(picture), (participant) => ({ type: "lobby.admit", participant })) : submit({ type: "lobby.admit_all" })) },
  remove: { needs: "host", parse: (given, room) => about(given, others(room), (participant) => ({ type: "participant.remove", participant })) },
  presenter: { needs: "host", parse: (given, room) => about(given, others(room), (participant) => ({ type: "role.set", participant, role: "presenter" })) },
  host: { needs: "host", parse: (given, room) => about(given, others(room), (participant) => ({ type: "role.set", participant, role: "host" })) },
  lock: { needs: "host", parse: () => submit({ type: "conference.lock" }) },
  unlock: { needs: "host", parse: () => submit({ type: "conference.unlock" }) },
  record: { needs: "host", parse: record },
  caption: { needs: "guest", parse: caption },
  captioner: { needs: "host", parse: (given, room) => (given ? about(given, others(room, true).filter(({ phone }) => !phone), (participant) => ({ type: "captions.assign", participant })) : submit({ type: "captions.assign" })) },
  notes: { needs: "guest", parse: () => deed("notes") },
  export: { needs: "guest", parse: () => deed("export") },
  leave: { needs: "guest", parse: () => deed("leave") },
  end: { needs: "host", parse: () => submit({ type: "conference.end" }) },
};

/**
 * @param {string} typed
 * @param {{picture: Picture, you: string}} room
 * @returns {Parsed}
 */
export function parse(typed, { picture, you }) {
  if (typed.startsWith("//")) return { what: "text", text: typed.slice(1) };
  const me = picture.participants[you];
  const [, word = "", given = ""] = YES.exec(typed) ?? [];
  if (!typed.startsWith("/") || !me) return { what: "text", text: typed };
  const name = word.toLowerCase();
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  if (!known) return unknown(typed.split(/\s/u)[0] ?? typed, me);
  if (!may(known, me)) return problem("forbidden", { command: `/${name}` });
  return known.parse(given.trim(), { picture, you, me }) ?? problem("usage", { command: name });
}

/**
 * The commands that somebody may give.
 *
 * @param {Participant | null} me
 */
export function commandsOf(me) {
  return me ? Object.keys(KNOWN).filter((name) => may(KNOWN[name], me)) : [];
}

/**
 * Those that begin like what is being typed, while it is but one word.
 *
 * @param {string} typed
 * @param {Participant | null} me
 */
export function completions(typed, me) {
  const begun = /^\/([a-z]*)$/i.exec(typed)?.[1]?.toLowerCase();
  return begun === undefined ? [] : commandsOf(me).filter((name) => name.startsWith(begun));
}

/**
 * @param {Known | undefined} known
 * @param {Participant} me
 */
const may = (known, me) => known !== undefined && RANKS.indexOf(me.role) >= RANKS.indexOf(known.needs);

/** @param {ClientCommand} command @returns {Submit} */
const submit = (command) => ({ what: "submit", command });

/** @param {Deed} deed @returns {Do} */
const deed = (deed) => ({ what: "do", deed });

/**
 * @param {Problem["problem"]} problem
 * @param {Record<string, string | string[]>} values
 * @returns {Problem}
 */
const problem = (problem, values) => ({ what: "problem", problem, values });

/**
 * @param {string} command as it was typed
 * @param {Participant} me
 */
function unknown(command, me) {
  const typed = command.slice(1).toLowerCase();
  const near = commandsOf(me)
    .map((name) => ({ name, far: distance(typed, name) }))
    .filter(({ name, far }) => far <= Math.max(1, name.length / 2))
    .sort((one, other) => one.far - other.far)[0];
  return near ? problem("unlike", { command, suggestion: `/${near.name}` }) : problem("unknown", { command });
}

/**
 * How many letters one must change, add, leave out or swap with their neighbour.
 * (Optimal string alignment; Damerau 1964.)
 *
 * @param {string} one
 * @param {string} other
 */
function distance(one, other) {
  const rows = Array.from({ length: one.length + 1 }, (_, i) => [i]);
  const at = (/** @type {number} */ i, /** @type {number} */ j) => (i < 0 || j < 0 ? Infinity : i ? (j ? (rows[i]?.[j] ?? Infinity) : i) : j);
  for (let i = 1; i <= one.length; i++)
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + Number(!same), swapped));
    }
  return at(one.length, other.length);
}

/**
 * @param {Room} room
 * @param {boolean} withMe
 */
const others = ({ picture, you }, withMe = false) => admitted(picture).filter(({ id }) => withMe || id !== you);

/**
 * Those whose name the text begins with, in full or by its first word; and what follows the name.
 *
 * @param {string} given
 * @param {Participant[]} people
 * @returns {{found: Participant[], name: string, rest: string}}
 */
function named(given, people) {
  const text = given.replace(/^@/u, "");
  const small = fold(text);
  const full = people.filter(({ name }) => small.startsWith(fold(name)) && !/\S/u.test(small[name.length] ?? ""));
  const longest = Math.max(0, ...full.map(({ name }) => name.length));
  if (longest) return { found: full.filter(({ name }) => name.length === longest), name: text.slice(0, longest), rest: text.slice(longest).trim() };
  const name = text.split(/\s/u)[0] ?? "";
  const found = name ? people.filter((person) => fold(person.name).startsWith(fold(name))) : [];
  return { found, name, rest: text.slice(name.length).trim() };
}

/** @param {string} text */
const fold = (text) => text.normalize("NFC").toLowerCase();

/**
 * @param {string} given
 * @param {Participant[]} people
 * @param {(id: string, rest: string) => ClientCommand | null} commandFor
 * @returns {Parsed | null}
 */
function about(given, people, commandFor) {
  const { found, name, rest } = named(given, people);
  const [one, another] = found;
  if (!name) return null;
  if (!one) return problem("nobody", { name });
  if (another) return problem("which", { name, names: found.map((person) => person.name) });
  const command = commandFor(one.id, rest);
  return command && submit(command);
}

/** @type {Known["parse"]} */
function msg(given, room) {
  return about(given, others(room).filter(({ web }) => web), (to, text) => (text ? { type: "chat.send", text, to } : null));
}

/** @type {Known["parse"]} */
function react(given) {
  const wanted = given.toLowerCase().replaceAll(" ", "_");
  const reaction = wanted && REACTIONS.find((name) => name.startsWith(wanted));
  return reaction ? submit({ type: "reaction.send", reaction }) : null;
}

/** @type {Known["parse"]} */
function mute(given, room) {
  if (!given) return deed("mute");
  if (room.me.role !== "host") return problem("forbidden", { command: `/mute ${given}` });
  return about(given, others(room), (participant) => ({ type: "microphone.mute", participant }));
}

/** @type {Known["parse"]} */
function poll(given) {
  const [question = "", ...options] = given.split("|").map((part) => part.trim());
  const answers = options.filter(Boolean);
  if (!question || answers.length === 1) return null;
  return submit(answers.length ? { type: "poll.open", kind: "single", question, options: answers } : { type: "poll.open", kind: "yes_no", question });
}

/** @type {Known["parse"]} */
function timer(given) {
  if (!/^\d{1,4}([.,]\d)?$/.test(given)) return null;
  const seconds = Math.round(60 * Number(given.replace(",", ".")));
  return submit(seconds ? { type: "timer.start", seconds: Math.min(seconds, 24 * 3_600) } : { type: "timer.stop" });
}

/** @type {Known["parse"]} */
function record(given, { picture: { recording } }) {
  if (given === "pause") return submit({ type: "recording.pause" });
  if (given === "stop") return submit({ type: "recording.stop" });
  if (given === "live") return submit({ type: recording?.live ? "recording.end_live" : "recording.go_live" });
  return given ? null : submit({ type: recording?.paused_at ? "recording.resume" : "recording.start" });
}

/** @type {Known["parse"]} */
function caption(text, { picture, you }) {
  if (!picture.captions.writers.includes(you)) return problem("forbidden", { command: "/caption" });
  return text ? submit({ type: "captions.write", text: text.slice(0, 300) }) : null;
}

/** @type {Known["parse"]} */
function link(given) {
  const [typed = "", ...title] = given.split(/\s+/u);
  const url = addressOf(typed);
  return url ? submit({ type: "link.share", url, title: title.join(" ").slice(0, 120) }) : null;
}

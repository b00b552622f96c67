/**
 * Commands typed in the chat: completed while one types, run when one sends, and answered by a note that one sees alone.
 *
 * @import {Deed} from "conferences/core/command_line.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { commandsOf, completions, parse } from "conferences/core/command_line.js";
import { exportChat } from "conferences/ui/chat_export.js";
import { turn } from "conferences/ui/actions.js";
import { all, made, part, the } from "conferences/ui/parts.js";
import { words } from "conferences/ui/words.js";

/** @typedef {{takes: (event: KeyboardEvent) => boolean, run: (typed: string) => string | null}} CommandLine */

/**
 * @param {Meeting} meeting
 * @param {HTMLTextAreaElement} text
 * @returns {CommandLine}
 */
export function commandLine(meeting, text) {
  const list = part("chat-commands", HTMLElement);
  const close = () => show({ text, list, names: [] });
  text.addEventListener("input", () => show({ text, list, names: meeting.view.edit ? [] : completions(text.value, meeting.live.me) }));
  text.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the focus stays where one types
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (option instanceof HTMLElement) complete({ text, list, option });
  });
  part("chat-note-end", HTMLElement).addEventListener("click", () => {
    part("chat-note", HTMLElement).hidden = true;
    text.focus();
  });
  return {
    takes: (event) => takes({ event, text, list }),
    run: (typed) => {
      close();
      return run(meeting, typed);
    },
  };
}

/** @param {{text: HTMLElement, list: HTMLElement, names: string[]}} parts */
function show({ text, list, names }) {
  list.replaceChildren(...names.map((name, index) => optionOf(name, index === 0)));
  list.hidden = !names.length;
  if (!names.length) {
    for (const name of ["role", "aria-expanded", "aria-controls", "aria-autocomplete", "aria-activedescendant"]) text.removeAttribute(name);
    return;
  }
  const is = { role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(is)) text.setAttribute(name, value);
  text.setAttribute("aria-activedescendant", list.firstElementChild?.id ?? "");
}

/**
 * @param {string} name
 * @param {boolean} selected
 */
function optionOf(name, selected) {
  const option = made("chat-command");
  option.id = `chat-command-${name}`;
  option.dataset.name = name;
  option.setAttribute("aria-selected", String(selected));
  the("b", HTMLElement, option).textContent = usageOf(name);
  the("span", HTMLElement, option).textContent = wordsFor(name);
  return option;
}

/** @param {string} name */
const about = (name) => the(`template[data-command="${name}"]`, HTMLTemplateElement);

/** @param {string} name */
const usageOf = (name) => `/${name} ${about(name).dataset.usage ?? ""}`.trim();

/** @param {string} name */
const wordsFor = (name) => about(name).content.textContent ?? "";

/**
 * Keys while the list is open.
 *
 * @param {{event: KeyboardEvent, text: HTMLTextAreaElement, list: HTMLElement}} parts
 */
function takes({ event, text, list }) {
  if (list.hidden) return false;
  const options = all("[role=option]", list);
  const at = options.findIndex((option) => option.ariaSelected === "true");
  const option = options[at];
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to !== undefined) select(text, options, (to + options.length) % options.length);
  else if (event.key === "Escape") show({ text, list, names: [] });
  else if (option && (event.key === "Tab" || (event.key === "Enter" && text.value !== `/${option.dataset.name}`)))
    complete({ text, list, option });
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/**
 * @param {HTMLElement} text
 * @param {HTMLElement[]} options
 * @param {number} chosen
 */
function select(text, options, chosen) {
  for (const [index, option] of options.entries()) option.setAttribute("aria-selected", String(index === chosen));
  text.setAttribute("aria-activedescendant", options[chosen]?.id ?? "");
  options[chosen]?.scrollIntoView({ block: "nearest" });
}

/** @param {{text: HTMLTextAreaElement, list: HTMLElement, option: HTMLElement}} parts */
function complete({ text, list, option }) {
  const name = option.dataset.name ?? "";
  text.value = about(name).dataset.usage ? `/${name} ` : `/${name}`;
  show({ text, list, names: [] });
  text.focus();
}

/**
 * @param {Meeting} meeting
 * @param {string} typed
 * @returns {string | null} what is to be sent as a text, if anything; null: it was no success
 */
function run(meeting, typed) {
  const { live } = meeting;
  if (!live.picture) return null;
  const parsed = parse(typed, { picture: live.picture, you: live.you });
  if (parsed.what !== "do" || parsed.deed !== "help") part("chat-note", HTMLElement).hidden = true;
  if (parsed.what === "text") return parsed.text;
  if (parsed.what === "submit") return live.submit(parsed.command) ? "" : null;
  if (parsed.what === "do") return act(meeting, parsed.deed), "";
  note(words(`command_${parsed.problem}`, { ...parsed.values, usage: parsed.problem === "usage" ? usageOf(String(parsed.values.command ?? "")) : "" }), []);
  return null;
}

/**
 * @param {Meeting} meeting
 * @param {Deed} deed
 */
function act(meeting, deed) {
  const { live, session, view } = meeting;
  if (deed === "help") note(words("command_help"), commandsOf(live.me));
  if (deed === "mute" || deed === "unmute") session.turn("microphone", deed === "unmute");
  if (deed === "camera") void turn(meeting, "camera");
  if (deed === "notes") view.set({ panel: "notes" });
  if (deed === "export") exportChat(meeting);
  if (deed === "leave") live.leave();
}

/**
 * @param {string} text
 * @param {string[]} commands
 */
function note(text, commands) {
  const section = part("chat-note", HTMLElement);
  section.hidden = false;
  part("chat-note-text", HTMLElement).textContent = text;
  part("chat-help", HTMLElement).replaceChildren(...commands.map(helpRow));
  section.scrollIntoView({ block: "nearest" });
}

/** @param {string} name */
function helpRow(name) {
  const row = made("chat-help-row");
  the("dt", HTMLElement, row).textContent = usageOf(name);
  the("dd", HTMLElement, row).textContent = wordsFor(name);
  return row;
}

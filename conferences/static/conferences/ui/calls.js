/**
 * Phones: calling somebody or oneself, who is being called, and what became of it.
 *
 * @import {CallFailed, Dial, Participant, Policy} from "conferences/core/messages.js"
 * @import {News} from "conferences/live.js"
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { all, keep, made, part, the } from "conferences/ui/parts.js";
import { say } from "conferences/ui/toasts.js";
import { filled, reason, words } from "conferences/ui/words.js";

const OWN_NUMBER = "meeting.phone";
const LEAST = 2;

/** @typedef {{number: string, name: string, to_me: boolean}} Order whom we want called */
/** @typedef {{id: string, label: string, status: Dial["status"] | "failed", cause: string, cancels: boolean, order: Order | null}} Row */

/** What we asked for and was not answered yet, in order. @type {Order[]} */
let asked = [];
/** By the call that came of it. @type {Map<string, Order>} */
const placed = new Map();
/** What we asked for and did not get. @type {Row[]} */
let failed = [];
let forMe = false;

/** @param {Meeting} meeting */
export function calls(meeting) {
  const { live } = meeting;
  listen(meeting);
  live.subscribe((news) => follow(meeting, news));
  part("dials-list", HTMLElement).addEventListener("click", ({ target }) => act(meeting, target));
  return () => {
    const { picture, me } = live;
    if (!picture) return;
    const may = mayCall(meeting, me, picture.policy);
    for (const button of all("[data-do=call]")) button.hidden = !may.others;
    for (const button of all("[data-do=call-me]")) button.hidden = !may.me || Object.values(picture.dials).some(({ to }) => to === live.you);
    const rows = [...Object.values(picture.dials).map((dial) => rowOf(dial, me)), ...failed];
    part("dials", HTMLElement).hidden = !rows.length;
    keep({ list: part("dials-list", HTMLElement), items: rows, key: ({ id }) => id, make: () => made("dial"), draw: drawRow });
  };
}

/**
 * @param {Meeting} meeting
 * @param {Participant | null} me
 * @param {Policy} policy
 */
function mayCall({ page }, me, { dial_out }) {
  const host = me?.role === "host";
  const others = page.dials_out && host && dial_out !== "nobody";
  return { others, me: page.dials_out && me !== null && !me.phone && (others || dial_out === "everyone") };
}

/**
 * @param {Dial} dial
 * @param {Participant | null} me
 * @returns {Row}
 */
function rowOf({ call, label, status, by, to }, me) {
  const cancels = me?.role === "host" || me?.id === by || me?.id === to;
  return { id: call, label, status, cause: "", cancels, order: null };
}

/**
 * @param {HTMLElement} element
 * @param {Row} row
 */
function drawRow(element, { label, status, cause, cancels, order }) {
  the(".person-name", HTMLElement, element).textContent = label;
  for (const note of all("[data-dial]", element)) note.hidden = note.dataset.dial !== status;
  the("[data-dial=failed]", HTMLElement, element).textContent = cause && words(`call_${cause}`);
  for (const button of all("[data-act]", element)) {
    button.hidden = { cancel: status === "failed" || !cancels, again: !order, dismiss: status !== "failed" }[button.dataset.act ?? ""] ?? false;
    if (button.dataset.label) button.setAttribute("aria-label", filled(button.dataset.label, { name: label }));
  }
  element.toggleAttribute("data-failed", status === "failed");
}

/**
 * @param {Meeting} meeting
 * @param {EventTarget | null} target
 */
function act({ live, view }, target) {
  const button = target instanceof Element ? target.closest("[data-act]") : null;
  const call = button?.closest("li")?.dataset.key;
  if (!(button instanceof HTMLElement) || !call) return;
  if (button.dataset.act === "cancel") return void live.submit({ type: "call.cancel", call });
  const row = failed.find(({ id }) => id === call);
  failed = failed.filter(({ id }) => id !== call);
  if (button.dataset.act === "again" && row?.order) openCall({ me: row.order.to_me, order: row.order, wrong: words(`call_${row.cause}`) });
  view.changed();
}

/**
 * @param {Meeting} meeting
 * @param {News} news
 */
function follow({ live, page }, news) {
  if (news.what === "refused" && news.command?.type === "call.dial") asked.shift();
  if (news.what === "connection" && live.connection === "closed") {
    asked = [];
    failed = [];
  }
  if (news.what === "signal" && news.signal.type === "calls.offered") page.dials_out = news.signal.offered;
  if (news.what !== "event") return;
  const { event } = news;
  if (event.type === "call.dialed" && event.by === live.you) {
    const order = asked.shift();
    if (order) placed.set(event.call, order);
  }
  if (event.type === "call.failed" && event.by === live.you) fail(event);
}

/** @param {CallFailed} event */
function fail({ call, label, cause, at }) {
  const order = (call ? placed.get(call) : asked.shift()) ?? null;
  placed.delete(call);
  if (cause === "cancelled") return;
  const known = document.querySelector(`template[data-words="call_${cause}"]`) ? cause : "error";
  const row = { id: call || `failed-${at}`, label: label || (order?.name || order?.number) || "", cause: known, cancels: false, order };
  failed = [...failed, { ...row, status: /** @type {const} */ ("failed") }];
  say("call_failed", { name: row.label, reason: words(`call_${known}`) });
}

// The dialog

/** @param {Meeting} meeting */
function listen({ live }) {
  const dialog = part("call-dialog", HTMLDialogElement);
  const number = part("call-number", HTMLInputElement);
  the("[data-close]", HTMLElement, dialog).addEventListener("click", () => dialog.close());
  number.addEventListener("input", () => complain(""));
  part("call-form", HTMLFormElement).addEventListener("submit", (event) => {
    const order = { number: number.value.trim(), name: forMe ? "" : part("call-name", HTMLInputElement).value.trim(), to_me: forMe };
    const dialled = order.number.replace(/\D/g, "").length >= LEAST;
    if (dialled && live.submit({ type: "call.dial", ...order })) {
      asked.push(order);
      if (forMe) localStorage.setItem(OWN_NUMBER, order.number);
      return;
    }
    event.preventDefault();
    complain(reason(dialled ? "unreachable" : "number_wrong"));
    number.focus();
  });
}

/** @param {string} text what was wrong, or nothing */
function complain(text) {
  const wrong = part("call-wrong", HTMLElement);
  wrong.textContent = text;
  wrong.hidden = !text;
}

/** @param {{me: boolean, order?: Order, wrong?: string}} wanted */
export function openCall({ me, order, wrong = "" }) {
  forMe = me;
  const dialog = part("call-dialog", HTMLDialogElement);
  for (const element of all("[data-call-for]", dialog)) element.hidden = (element.dataset.callFor === "me") !== me;
  part("call-number", HTMLInputElement).value = order?.number ?? (me ? (localStorage.getItem(OWN_NUMBER) ?? "") : "");
  part("call-name", HTMLInputElement).value = order?.name ?? "";
  complain(wrong);
  dialog.showModal();
  part("call-number", HTMLInputElement).select();
}

/**
 * The agenda in the picture, and what one asks of it. Pure. Twin of `conferences/core/evolution/agenda.py`.
 *
 * @import {Agenda, AgendaItem} from "conferences/core/messages.js"
 * @import {RulesOf} from "conferences/core/state.js"
 */

/** @type {RulesOf<"agenda">} */
export const AGENDA_RULES = {
  "agenda.changed": (picture, { items }) => {
    const { current, since } = picture.agenda;
    const kept = items.some(({ id }) => id === current);
    return { ...picture, agenda: { items, current: kept ? current : 0, since: kept ? since : 0 } };
  },
  "agenda.reached": (picture, { item, at }) => ({
    ...picture,
    agenda: { ...picture.agenda, current: item, since: item ? at : 0 },
  }),
  "agenda.ticked": (picture, { item, done }) => {
    const items = picture.agenda.items.map((known) => (known.id === item ? { ...known, done } : known));
    return { ...picture, agenda: { ...picture.agenda, items } };
  },
};

/**
 * @param {Agenda} agenda
 * @returns {AgendaItem | undefined}
 */
export const currentItem = ({ items, current }) => items.find(({ id }) => id === current);

/**
 * What comes after the current item and is not done; at first, the first.
 *
 * @param {Agenda} agenda
 * @returns {AgendaItem | undefined}
 */
export function nextItem({ items, current }) {
  const at = items.findIndex(({ id }) => id === current);
  return items.slice(at + 1).find(({ done }) => !done);
}

/**
 * The time that is left of the current item, in milliseconds, less than 0 when it takes too long; null: it has no end.
 *
 * @param {Agenda} agenda
 * @param {number} now
 */
export function leftOf(agenda, now) {
  const minutes = currentItem(agenda)?.minutes;
  return minutes ? agenda.since + minutes * 60_000 - now : null;
}

/**
 * The list with one item moved to another place.
 *
 * @template T
 * @param {T[]} items
 * @param {number} from
 * @param {number} to
 */
export function moved(items, from, to) {
  const rest = items.filter((_, index) => index !== from);
  const [item] = items.slice(from, from + 1);
  return item === undefined ? items : [...rest.slice(0, Math.max(0, to)), item, ...rest.slice(Math.max(0, to))];
}

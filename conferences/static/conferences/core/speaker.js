/** Who has the floor: the loudest, but not at every cough. Pure. */

const HOLD_MS = 1500;
const FLOOR = 2;

/** @typedef {{id: string, since: number}} Speaker */

/**
 * The speaker after new levels were told; who has the floor keeps it while they speak, and a moment longer.
 *
 * @param {{speaker: Speaker, levels: Record<string, number>, you: string, now: number}} told
 * @returns {Speaker}
 */
export function nextSpeaker({ speaker, levels, you, now }) {
  if ((levels[speaker.id] ?? 0) >= FLOOR) return { id: speaker.id, since: now };
  if (speaker.id && now - speaker.since < HOLD_MS) return speaker;
  const heard = Object.entries(levels).filter(([id, level]) => id !== you && level >= FLOOR);
  if (!heard.length) return speaker;
  const [id] = heard.reduce((loudest, next) => (next[1] > loudest[1] ? next : loudest));
  return { id, since: now };
}

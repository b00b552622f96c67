/** Soft tones, made on the spot. */

/** @typedef {{frequency: number, after: number, volume: number, seconds: number}} Voice `after`: in seconds */

/** Until when every tone is over; also where a browser let none begin, and so will not say when one ends. */
const OVER_MS = 4_000;

/** @param {Voice[]} voices */
export function chime(voices) {
  const context = new AudioContext();
  for (const voice of voices) tone(context, voice);
  setTimeout(() => void context.close(), OVER_MS);
}

/**
 * @param {AudioContext} context
 * @param {Voice} voice
 */
function tone(context, { frequency, after, volume, seconds }) {
  const at = context.currentTime + after;
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(volume, at);
  gain.gain.exponentialRampToValueAtTime(0.001, at + seconds);
  const voice = new OscillatorNode(context, { frequency });
  voice.connect(gain).connect(context.destination);
  voice.start(at);
  voice.stop(at + seconds);
}

/** Soft tones, made on the spot. */

/** @typedef {{frequency: number, after: number, volume: number, seconds: number}} Voice `after`: in seconds */

/** @param {Voice[]} voices */
export function chime(voices) {
  const context = new AudioContext();
  const tones = voices.map((voice) => tone(context, voice));
  tones.at(-1)?.addEventListener("ended", () => void context.close());
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
  return voice;
}

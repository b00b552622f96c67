/** How loud a microphone is, from 0 to 1. */

const QUIETEST_DB = -60;
const LOUDEST_DB = -12;

/** @type {AudioContext | null} */
let shared = null;

/**
 * @param {MediaStreamTrack} track
 * @returns {{level(): number, stop(): void}}
 */
export function meter(track) {
  const context = (shared ??= new AudioContext());
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      if (context.state === "suspended") context.resume().catch(() => {}); // it may not run before the first click
      analyser.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
    stop: () => source.disconnect(),
  };
}

/** @param {Float32Array} samples */
function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibel = 10 * Math.log10(sum / samples.length || 1e-12);
  return Math.min(1, Math.max(0, (decibel - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}

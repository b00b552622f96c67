/** Cameras, microphones, loudspeakers and screens: what there is, and opening them. */

/** @typedef {"microphone" | "camera" | "speaker"} Kind */
/** @typedef {"blocked" | "missing" | "busy" | "insecure" | "unknown"} Problem why a device cannot be used */
/** @typedef {{id: string, label: string}} Device */

const KINDS = /** @type {Record<string, Kind>} */ ({ audioinput: "microphone", videoinput: "camera", audiooutput: "speaker" });

const PROBLEMS = /** @type {Record<string, Problem>} */ ({
  NotAllowedError: "blocked",
  SecurityError: "blocked",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
});

/** @param {string} device */
const microphoneWish = (device) => ({
  deviceId: device ? { ideal: device } : undefined,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
});

/** @param {string} device */
const cameraWish = (device) => ({
  deviceId: device ? { ideal: device } : undefined,
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
});

/**
 * @param {{microphone?: string, camera?: string}} wanted the wished device of each kind to open; "": any
 * @returns {Promise<{tracks: MediaStreamTrack[], problem: Problem | ""}>}
 */
export async function open({ microphone, camera }) {
  if (!navigator.mediaDevices) return { tracks: [], problem: "insecure" };
  const audio = microphone === undefined ? false : microphoneWish(microphone);
  const video = camera === undefined ? false : cameraWish(camera);
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio, video });
    return { tracks: stream.getTracks(), problem: "" };
  } catch (error) {
    return { tracks: [], problem: PROBLEMS[nameOf(error)] ?? "unknown" };
  }
}

/**
 * A screen, a window or a tab, as the person chooses; nothing if they think better of it.
 *
 * @returns {Promise<MediaStreamTrack[]>}
 */
export async function openScreen() {
  const wish = { video: { frameRate: { ideal: 15, max: 30 } }, audio: true, selfBrowserSurface: "exclude", systemAudio: "include" };
  try {
    return (await navigator.mediaDevices.getDisplayMedia(wish)).getTracks();
  } catch {
    return [];
  }
}

/** @returns {Promise<Record<Kind, Device[]>>} */
export async function list() {
  /** @type {Record<Kind, Device[]>} */
  const found = { microphone: [], camera: [], speaker: [] };
  for (const { kind, deviceId, label } of (await navigator.mediaDevices?.enumerateDevices()) ?? []) {
    const own = KINDS[kind];
    if (own && deviceId) found[own].push({ id: deviceId, label });
  }
  return found;
}

/** @param {() => void} then what to do when a device was plugged in or out */
export function watch(then) {
  navigator.mediaDevices?.addEventListener("devicechange", then);
}

/** Whether screens can be shared here; phones cannot. */
export const canShareScreen = () => Boolean(navigator.mediaDevices?.getDisplayMedia);

/** Whether a loudspeaker can be chosen here. */
export const canChooseSpeaker = () => "setSinkId" in HTMLMediaElement.prototype;

/** @param {unknown} error */
const nameOf = (error) => (error instanceof Error ? error.name : "");

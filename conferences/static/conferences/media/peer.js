/**
 * The one PeerConnection: one offer, one answer, never negotiated again. What is off sends nothing (`replaceTrack`);
 * who is seen where, the server tells by `media.slots`.
 *
 * @import {ClientSignal, Slot} from "conferences/core/messages.js"
 * @import {Source} from "conferences/media/local.js"
 */

import { encodings, sizes } from "conferences/media/layers.js";

/** In the order of the offer's first media sections. */
const SOURCES = /** @type {const} */ (["microphone", "camera", "screen", "screen_audio"]);
const SOUNDS = new Set(["microphone", "screen_audio", "phone"]);
const AUDIO_SLOTS = 4;
const REPAIR_AFTER_MS = 5_000;
/** All that the server speaks: an offer of every codec that the browser knows would be ten times as long. */
const CODECS = { audio: ["audio/opus"], video: ["video/vp8", "video/rtx"] };

/** Who shows no more videos than this is a phone, or as narrow. */
const FEW_VIDEOS = 6;
const SCREEN_LAYER = [{ maxBitrate: 2_500_000 }];

export class Peer {
  /** @type {Map<string, MediaStream>} what is seen: a tile's key, and its stream */
  streams = new Map();
  /** @type {Map<Source, RTCRtpSender>} */
  #senders = new Map();
  /** @type {Map<string, HTMLAudioElement>} by mid */
  #sounds = new Map();
  #silent = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #repair;

  /**
   * @param {object} parts
   * @param {RTCIceServer[]} parts.iceServers
   * @param {number} parts.videos how many videos can be seen at once
   * @param {(signal: ClientSignal) => void} parts.signal
   * @param {() => void} parts.changed what is seen, or whether it can be heard, changed
   * @param {() => void} parts.failed it is of no use any more
   */
  constructor({ iceServers, videos, signal, changed, failed }) {
    this.signal = signal;
    this.changed = changed;
    this.failed = failed;
    this.muted = false;
    this.speaker = "";
    this.connection = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    this.connection.onconnectionstatechange = () => this.#watch();
    this.#prepare(videos);
  }

  /** @param {number} videos */
  #prepare(videos) {
    for (const source of SOURCES) {
      const transceiver = this.connection.addTransceiver(kindOf(source), { direction: "sendonly", ...sendingOf(source, videos) });
      this.#senders.set(source, transceiver.sender);
    }
    for (let slot = 0; slot < AUDIO_SLOTS; slot += 1) this.connection.addTransceiver("audio", { direction: "recvonly" });
    for (let slot = 0; slot < videos; slot += 1) this.connection.addTransceiver("video", { direction: "recvonly" });
    for (const transceiver of this.connection.getTransceivers()) narrow(transceiver);
  }

  async offer() {
    try {
      await this.connection.setLocalDescription();
    } catch {
      return; // closed meanwhile
    }
    const { localDescription } = this.connection;
    if (localDescription) this.signal({ type: "media.offer", sdp: localDescription.sdp });
  }

  /** Whether the server knows of this connection, as far as we can tell. */
  get answered() {
    return this.connection.remoteDescription !== null;
  }

  /** @param {string} sdp */
  async answer(sdp) {
    if (this.connection.signalingState !== "have-local-offer") return;
    try {
      await this.connection.setRemoteDescription({ type: "answer", sdp });
    } catch {
      this.failed();
    }
  }

  /**
   * @param {Source} source
   * @param {MediaStreamTrack | null} track
   */
  send(source, track) {
    const sender = this.#senders.get(source);
    if (!sender || sender.track === track) return;
    if (source === "camera" && track) fit(sender, track);
    sender.replaceTrack(track).catch(() => {}); // closed meanwhile
  }

  /** @param {Slot[]} slots */
  place(slots) {
    const seen = new Map();
    for (const { mid, participant, source } of slots) {
      const transceiver = this.connection.getTransceivers().find((other) => other.mid === mid);
      if (!transceiver) continue;
      if (SOUNDS.has(source)) this.#sound(mid, participant ? transceiver.receiver.track : null);
      else if (participant) seen.set(`${source}:${participant}`, this.#streamOf(transceiver.receiver.track));
    }
    this.streams = seen;
    this.changed();
  }

  /** @param {MediaStreamTrack} track */
  #streamOf(track) {
    for (const stream of this.streams.values()) if (stream.getTracks()[0] === track) return stream;
    return new MediaStream([track]);
  }

  /**
   * @param {string} mid
   * @param {MediaStreamTrack | null} track
   */
  #sound(mid, track) {
    if (!track || this.#sounds.has(mid)) return;
    const audio = new Audio();
    audio.srcObject = new MediaStream([track]);
    audio.muted = this.#silent;
    this.#sounds.set(mid, audio);
    this.#route(audio);
    this.#play(audio);
  }

  /** @param {HTMLAudioElement} audio */
  async #play(audio) {
    try {
      await audio.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
      this.muted = true;
      this.changed();
    }
  }

  /** @param {HTMLAudioElement} audio */
  #route(audio) {
    if ("setSinkId" in audio) audio.setSinkId(this.speaker).catch(() => {}); // it was pulled out: the system's own is used
  }

  /** Play what the browser did not let sound before a click. */
  hear() {
    this.muted = false;
    for (const audio of this.#sounds.values()) this.#play(audio);
    this.changed();
  }

  /**
   * Whose sound is a phone would hear everybody twice.
   *
   * @param {boolean} silent
   */
  silence(silent) {
    if (this.#silent === silent) return;
    this.#silent = silent;
    for (const audio of this.#sounds.values()) audio.muted = silent;
  }

  /** @param {string} device */
  listenBy(device) {
    if (this.speaker === device) return;
    this.speaker = device;
    for (const audio of this.#sounds.values()) this.#route(audio);
  }

  getStats() {
    return this.connection.getStats();
  }

  close() {
    clearTimeout(this.#repair);
    this.connection.onconnectionstatechange = null;
    this.connection.close();
    for (const audio of this.#sounds.values()) audio.srcObject = null;
  }

  #watch() {
    const { connectionState } = this.connection;
    clearTimeout(this.#repair);
    if (connectionState === "failed") this.failed();
    if (connectionState === "disconnected") this.#repair = setTimeout(() => this.failed(), REPAIR_AFTER_MS);
    this.changed();
  }
}

/** @param {RTCRtpTransceiver} transceiver */
function narrow(transceiver) {
  const kind = transceiver.receiver.track.kind === "audio" ? "audio" : "video";
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const wanted = codecs.filter(({ mimeType }) => CODECS[kind].includes(mimeType.toLowerCase()));
  transceiver.setCodecPreferences?.(wanted);
}

/**
 * Let the layers be what suits this camera. Not waited for: a track that is taken back must not come later.
 *
 * @param {RTCRtpSender} sender
 * @param {MediaStreamTrack} track
 */
function fit(sender, track) {
  const parameters = sender.getParameters();
  const { width = Infinity, height = Infinity } = track.getSettings();
  const fitting = sizes({ lines: Math.min(width, height), layers: parameters.encodings.length });
  parameters.encodings.forEach((encoding, place) => Object.assign(encoding, fitting[place]));
  sender.setParameters(parameters).catch(() => {}); // closed meanwhile
}

/** @param {Source} source */
const kindOf = (source) => (source === "camera" || source === "screen" ? "video" : "audio");

/**
 * @param {Source} source
 * @param {number} videos how many can be seen at once
 * @returns {RTCRtpTransceiverInit}
 */
function sendingOf(source, videos) {
  if (source === "camera") return { sendEncodings: encodings({ phone: videos <= FEW_VIDEOS }) };
  return source === "screen" ? { sendEncodings: SCREEN_LAYER } : {};
}

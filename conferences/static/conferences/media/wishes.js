/** What this browser remembers of its person's devices: on or off for this tab, which ones for next time. */

/** @import {Kind} from "conferences/media/devices.js" */

/** @typedef {"microphone" | "camera"} Switch */

const ON = "meeting.on";
const DEVICES = "meeting.devices";
const TONES = "meeting.tones";
const CAPTIONS = "meeting.captions";

export class Wishes {
  constructor() {
    /** @type {Record<Switch, boolean>} */
    this.on = { microphone: true, camera: true, ...read(sessionStorage, ON) };
    /** @type {Record<Kind, string>} */
    this.devices = { microphone: "", camera: "", speaker: "", ...read(localStorage, DEVICES) };
    /** Whether one wants to hear that others come and go. */
    this.tones = localStorage.getItem(TONES) !== "off";
    /** Whether one wants to read what is said. */
    this.captions = localStorage.getItem(CAPTIONS) !== "off";
  }

  /**
   * @param {Switch} what
   * @param {boolean} on
   */
  set(what, on) {
    if (this.on[what] === on) return;
    this.on = { ...this.on, [what]: on };
    sessionStorage.setItem(ON, JSON.stringify(this.on));
  }

  /**
   * @param {Kind} kind
   * @param {string} device
   */
  choose(kind, device) {
    this.devices = { ...this.devices, [kind]: device };
    localStorage.setItem(DEVICES, JSON.stringify(this.devices));
  }

  /** @param {boolean} wanted */
  wantTones(wanted) {
    this.tones = wanted;
    localStorage.setItem(TONES, wanted ? "on" : "off");
  }

  /** @param {boolean} wanted */
  wantCaptions(wanted) {
    this.captions = wanted;
    localStorage.setItem(CAPTIONS, wanted ? "on" : "off");
  }
}

/**
 * @param {Storage} storage
 * @param {string} key
 */
function read(storage, key) {
  return JSON.parse(storage.getItem(key) ?? "{}");
}

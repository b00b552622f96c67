/**
 * Changing devices while the conference runs.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { drawHelp, levelOn } from "conferences/ui/devices.js";
import { part, play, streamOf } from "conferences/ui/parts.js";

/** @param {Meeting} meeting */
export function settings(meeting) {
  const { local, view } = meeting;
  const dialog = part("settings", HTMLDialogElement);
  const level = levelOn("settings-meter");
  new MutationObserver(view.changed).observe(dialog, { attributeFilter: ["open"] });
  return () => {
    const video = part("settings-video", HTMLVideoElement);
    const camera = dialog.open ? local.tracks.camera : null;
    play(video, streamOf(camera));
    video.hidden = !camera;
    level(dialog.open ? local.tracks.microphone : null);
    if (dialog.open) drawHelp(meeting, part("settings-help", HTMLElement));
  };
}

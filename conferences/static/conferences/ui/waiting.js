/**
 * Waiting for a host, or to be admitted.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { drawAvatar } from "conferences/ui/avatar.js";
import { part, play, streamOf, the } from "conferences/ui/parts.js";

/** @param {Meeting} meeting */
export function waiting({ live, local, wishes }) {
  const root = part("waiting", HTMLElement);
  return () => {
    const { me, picture } = live;
    root.hidden = live.phase !== "waiting";
    if (root.hidden || !me || !picture) return;
    const lobby = picture.status === "open";
    the("[data-waiting=lobby]", HTMLElement, root).hidden = !lobby;
    the("[data-waiting=host]", HTMLElement, root).hidden = lobby;
    part("waiting-message", HTMLElement).hidden = !picture.lobby_message;
    const said = part("waiting-said", HTMLElement);
    if (said.textContent !== picture.lobby_message) said.textContent = picture.lobby_message;
    part("waiting-lost", HTMLElement).hidden = live.connection === "up";
    const track = wishes.on.camera ? local.tracks.camera : null;
    const video = part("waiting-video", HTMLVideoElement);
    play(video, streamOf(track));
    video.hidden = !track;
    drawAvatar({ within: root, id: me.id, name: me.name });
    part("waiting-avatar", HTMLElement).hidden = track !== null;
  };
}

/**
 * Drawing on a shared screen: a still of it becomes a document like any other, and is shown as soon as it is ready.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { presents } from "conferences/core/people.js";
import { presented } from "conferences/core/slides.js";
import { say } from "conferences/ui/toasts.js";
import { words } from "conferences/ui/words.js";

/** @param {Meeting} meeting */
export function stills({ live, uploads, view }) {
  /** Names of stills on their way, and then the documents they became. @type {Set<string>} */
  const awaited = new Set();
  live.subscribe((news) => {
    if (news.what !== "event") return;
    const { event } = news;
    if (event.type === "document.offered" && event.participant === live.you && awaited.delete(event.name)) awaited.add(event.document);
    if (event.type === "document.failed") awaited.delete(event.document);
    if (event.type !== "document.added" || !awaited.delete(event.document)) return;
    if (presented(live.picture)?.document.id !== event.document) live.submit({ type: "document.present", document: event.document });
    view.set({ drawing: true, tool: "stroke", panel: "" });
  });
  return async () => {
    const video = screen();
    const sharer = live.picture?.participants[video?.closest("[data-screen]")?.getAttribute("data-screen") ?? ""];
    const blob = video && (await frameOf(video));
    if (!blob) return say("still_missing");
    const name = words("still_name", { name: sharer?.name ?? "", time: new Date().toTimeString().slice(0, 8) });
    awaited.add(name);
    uploads.send(new File([blob], name, { type: "image/png" }));
  };
}

/** The first shared screen whose picture has arrived. */
function screen() {
  const videos = [...document.querySelectorAll(".tile[data-screen] video")];
  return videos.find((video) => video instanceof HTMLVideoElement && video.videoWidth > 2);
}

/**
 * @param {Element} video
 * @returns {Promise<Blob | null>}
 */
function frameOf(video) {
  if (!(video instanceof HTMLVideoElement)) return Promise.resolve(null);
  const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** Whether anybody shares one. */
const isShared = (/** @type {Meeting} */ { live }) => Object.values(live.picture?.participants ?? {}).some(({ screen: shared }) => shared);

/** @param {Meeting} meeting */
export function drawStill(meeting) {
  for (const button of document.querySelectorAll("[data-board-new=still]"))
    if (button instanceof HTMLElement) button.hidden = !isShared(meeting) || !presents(meeting.live.me);
}

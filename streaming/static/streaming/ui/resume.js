/**
 * Where one left off, on this device.
 *
 * @import {Watching} from "streaming/main.js"
 */

const LEAST_MS = 10_000;
const EVERY_MS = 5_000;

/** @param {Watching} watching */
export function resume({ bundle, player }) {
  const key = `watch-at-${bundle.page.id}`;
  const before = Number(localStorage.getItem(key) ?? 0);
  if (before && !new URLSearchParams(location.search).has("t") && !bundle.state.live) player.seek(before);
  const keep = () => {
    if (!player.manifest || player.live) return;
    const begun = player.t > LEAST_MS && player.t < player.edge - LEAST_MS;
    if (begun) localStorage.setItem(key, String(Math.round(player.t)));
    else if (player.t >= player.edge - LEAST_MS) localStorage.removeItem(key);
  };
  setInterval(keep, EVERY_MS);
  window.addEventListener("pagehide", keep);
  return () => {};
}

/**
 * Given to the page by `benchmarks/replay.py`: how long it takes from a click on the bar until all is of that moment.
 * Every ten seconds there is a line of chat; every thirty, from the tenth on, another page.
 */
(pages) =>
  new Promise((resolve, reject) => {
    const { player, playback } = watching;
    const { audio } = player;
    const lines = player.manifest.search.filter(({ kind }) => kind === "chat");
    const bar = document.querySelector("[data-part=seek]");
    const CAMERAS = 4;
    let ms = 0;
    let began = 0;
    let target = 0;
    const clicked = (event) => {
      const { left, width } = bar.getBoundingClientRect();
      began = event.timeStamp;
      target = ((event.clientX - left) / width) * player.edge;
      look();
    };
    const isNear = (t) => t - target > -80 && t - target < 80 + (player.playing ? performance.now() - began : 0);
    const isHeard = () => !audio.seeking && audio.readyState >= 3 && isNear(1_000 * audio.currentTime);
    const isTrue = () => {
      const { picture, t } = playback;
      const said = lines.findLast((line) => line.t <= t);
      const page = 1 + (Math.floor((Math.floor(t / 10_000) - 1) / 3) % pages);
      return isNear(t) && picture.chat.at(-1)?.text === said?.text && (t < 10_000 || picture.documents.plans.page === page);
    };
    const isSeen = () => {
      const videos = [...document.querySelectorAll("[data-part=stage] .tile-video")];
      return videos.filter((video) => !video.hidden && video.readyState >= 2 && !video.seeking).length >= CAMERAS;
    };
    const look = () => {
      const now = performance.now() - began;
      if (!ms && isHeard() && isTrue()) ms = now;
      if (ms && isSeen()) resolve({ ms, pictures_ms: now });
      else if (now > 10_000) reject(new Error(`${target}: heard ${isHeard()}, true ${isTrue()}, at ${playback.t}`));
      else setTimeout(look, 4);
    };
    bar.addEventListener("pointerdown", clicked, { capture: true, once: true });
  })

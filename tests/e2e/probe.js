// What a page receives, measured: loaded by the tests into every page before its own modules.
(() => {
  const PATIENCE_MS = 60_000;
  const LOOK_EVERY_MS = 150;
  const FRAMES = 4;
  const ENERGY = 0.002;
  const OTHER_PACKETS = 60;

  let slots = [];
  const lines = new Map(); // "microphone:<participant>": the line that it came by, also after it went away
  const states = [];
  const told = []; // notes show for a moment only

  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
    console.error(`policy violated: ${violatedDirective} by ${blockedURI} in ${sourceFile}`),
  );
  document.addEventListener("DOMContentLoaded", () => {
    window.meeting?.live.subscribe(({ what, signal }) => {
      if (what !== "signal" || signal.type !== "media.slots") return;
      slots = signal.slots;
      for (const { mid, participant, source } of slots) if (participant) lines.set(`${source}:${participant}`, mid);
    });
    const remember = () => states.at(-1) !== document.body.dataset.state && states.push(document.body.dataset.state);
    new MutationObserver(remember).observe(document.body, { attributeFilter: ["data-state"] });
    remember();
    const notes = document.querySelector("[data-part=toasts]");
    if (!notes) return;
    new MutationObserver((news) => {
      for (const { addedNodes } of news) for (const note of addedNodes) told.push(note.textContent.trim());
    }).observe(notes, { childList: true });
  });

  const sockets = [];
  let unplugged = false;
  window.WebSocket = class extends WebSocket {
    constructor(...how) {
      super(...how);
      sockets.push(this);
      if (unplugged) this.close();
    }

    send(text) {
      if (!sessionStorage.cutAtOffer || !text.includes('"media.offer"')) return super.send(text);
      sessionStorage.removeItem("cutAtOffer");
      this.close();
    }
  };

  const received = async () =>
    [...((await meeting.peer?.getStats()) ?? new Map()).values()].filter(({ type }) => type === "inbound-rtp");

  function shown(participant, what) {
    const tile = document.querySelector(`[data-${what === "screen" ? "screen" : "participant"}="${participant}"]`);
    const video = tile?.querySelector("video");
    return video?.checkVisibility() && video.videoWidth > 2 ? video.srcObject?.getVideoTracks()[0] : undefined;
  }

  // Frames decoded for the tile that is shown; 0 if nothing is.
  async function frames(participant, what) {
    const track = shown(participant, what);
    return (track && (await received()).find(({ trackIdentifier }) => trackIdentifier === track.id)?.framesDecoded) ?? 0;
  }

  async function energy(participant) {
    const mids = slots.filter((slot) => slot.participant === participant && slot.source === "microphone").map(({ mid }) => mid);
    return (await received()).filter(({ mid }) => mids.includes(mid)).reduce((sum, { totalAudioEnergy = 0 }) => sum + totalAudioEnergy, 0);
  }

  async function until(what, isTrue) {
    const end = performance.now() + PATIENCE_MS;
    while (!(await isTrue())) {
      if (performance.now() > end) throw new Error(`waited in vain: ${what}; ${await report()}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  // True once a figure has grown by `by`; if it shrinks (another track), growing begins anew.
  function grows(figure, by) {
    let from;
    return async () => {
      const now = await figure();
      if (from === undefined || now < from || from === 0) from = now;
      return now >= from + by;
    };
  }

  async function report() {
    const stats = (await received()).filter(({ packetsReceived }) => packetsReceived);
    const figures = stats.map(({ mid, kind, packetsReceived, framesDecoded, totalAudioEnergy }) => ({
      mid, kind, packetsReceived, framesDecoded, totalAudioEnergy,
    }));
    const { connection } = meeting.peer ?? {};
    return JSON.stringify({ you: meeting.live.you, states, media: connection?.connectionState, slots, figures });
  }

  window.probe = {
    states,
    told,
    report,
    cut: () => sockets.at(-1).close(),
    unplug: (out) => {
      unplugged = out;
      if (out) sockets.at(-1).close();
    },
    sees: (participant, what) => until(`${what} of ${participant}`, grows(() => frames(participant, what), FRAMES)),
    hears: (participant) => until(`sound of ${participant}`, grows(() => energy(participant), ENERGY)),
    // Nothing of them arrives any more, while all else goes on arriving.
    misses: (participant, source) => {
      const mid = lines.get(`${source}:${participant}`);
      const taken = () => slots.some((slot) => slot.mid === mid && slot.participant && slot.participant !== participant);
      let before;
      return until(`no ${source} of ${participant}`, async () => {
        const now = { its: 0, others: 0 };
        for (const line of await received()) now[line.mid === mid ? "its" : "others"] += line.packetsReceived;
        if (!before || now.its !== before.its || now.others < before.others) before = now;
        return taken() || now.others >= before.others + OTHER_PACKETS;
      });
    },
  };
})();

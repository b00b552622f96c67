// Of the preview of brands: loads the page anew when a file of the brand has changed.

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const shown = script.dataset.version;

setInterval(async () => {
  const answer = await fetch("/preview/version").catch(() => null);
  const { version } = answer?.ok ? await answer.json() : { version: shown };
  if (version !== shown) location.reload();
}, 700);

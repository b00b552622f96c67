/**
 * Notices that a script or a stylesheet of the page did not arrive: the network changed while it loaded. The page is
 * loaded once more; if it is not whole then either, it says so. No module: those are what may be missing.
 */
{
  const TRIED = "not-whole";
  let whole = true;

  addEventListener(
    "error",
    ({ target }) => {
      if (!whole || !(target instanceof HTMLScriptElement || target instanceof HTMLLinkElement)) return;
      whole = false;
      if (sessionStorage.getItem(TRIED) === location.href) addEventListener("load", tell);
      else again();
    },
    { capture: true },
  );

  addEventListener("load", () => {
    if (whole) sessionStorage.removeItem(TRIED);
  });

  function again() {
    sessionStorage.setItem(TRIED, location.href);
    if (navigator.onLine) location.reload();
    else addEventListener("online", () => location.reload());
  }

  function tell() {
    const notice = document.querySelector("[data-not-whole]");
    if (notice instanceof HTMLElement) notice.hidden = false;
  }
}

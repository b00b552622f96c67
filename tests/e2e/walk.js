/** What sticks out of the window: on the page, in each of its panels, dialogs and menus, one after another. */
async () => {
  const scrolls = (element) => element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const named = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} ${element.textContent.trim().slice(0, 30)}`;
  const out = () => {
    const found = [];
    for (const element of document.body.querySelectorAll("*")) {
      const { left, right, width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2 || (left >= -1 && right <= innerWidth + 1)) continue;
      if (element.closest(".sr, .skip, svg") || !seen(element) || scrolls(element.parentElement)) continue;
      found.push(`${named(element)} ${Math.round(left)}–${Math.round(right)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    return found;
  };
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const found = {};
  const look = async (place) => {
    await drawn();
    const wide = out();
    if (wide.length) found[place] = wide;
  };
  await look("page");
  for (const details of document.querySelectorAll("details")) {
    if (!seen(details)) continue;
    details.open = true;
    await look(details.className);
    details.open = false;
  }
  for (const panel of new Set([...document.querySelectorAll("[data-panel-button]")].map((button) => button.dataset.panelButton))) {
    const button = document.querySelector(`[data-panel-button="${panel}"]`);
    button.click();
    await look(`panel ${panel}`);
    button.click();
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.showModal();
    await look(`dialog ${dialog.dataset.part}`);
    dialog.close();
  }
  for (const menu of document.querySelectorAll("[popover]")) {
    menu.showPopover();
    await look(`menu ${menu.dataset.part}`);
    menu.hidePopover();
  }
  return found;
}

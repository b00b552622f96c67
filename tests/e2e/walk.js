/** What is wrong with a page in `ar-XB`: ordinary words, and what sticks out of the window. */
({ known }) => {
  const WORDS = /[A-Za-z]{2,}/g;
  const SPOKEN = ["aria-label", "aria-description", "title", "placeholder", "alt", "data-label", "data-text-on", "data-text-off"];
  const foreign = (node) => node.closest("[lang]:not(html), script, style, svg, kbd, bdi, [dir=ltr], [translate=no]");
  const ordinary = (text) => (text.match(WORDS) ?? []).some((word) => !known.includes(word));
  const words = new Set();
  const read = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element instanceof HTMLTemplateElement) read(element.content);
      if (foreign(element)) continue;
      for (const name of SPOKEN) {
        const text = element.getAttribute(name) ?? "";
        if (ordinary(text)) words.add(`${name}: ${text}`);
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && ordinary(node.data)) words.add(node.data.trim());
      }
    }
  };
  read(document);
  const scrolls = (element) => element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const out = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width < 2 || height < 2 || (left >= -1 && right <= innerWidth + 1)) continue;
    if (element.closest(".sr, .skip, svg, [inert]") || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || scrolls(element.parentElement)) continue;
    out.add(`${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}#${element.dataset.part ?? ""} ${Math.round(left)}–${Math.round(right)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) out.add(`the page: ${document.documentElement.scrollWidth}`);
  return { words: [...words], out: [...out] };
}

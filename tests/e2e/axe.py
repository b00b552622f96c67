"""What axe-core finds wrong with a page. It may not preload style sheets: our policy does not let it."""

from playwright.sync_api import Page

from tests.house import ROOT

Rules = tuple[str, ...]
ALL: Rules = ()
OF_COLOURS: Rules = ("color-contrast", "link-in-text-block")

SOURCE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RUN = """async ([within, rules]) => {
  await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)));
  const only = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
  const { violations } = await axe.run(within, { resultTypes: ["violations"], preload: false, ...only });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""
OPEN_EACH = """async ([within, opens, closes, rules]) => {
  const found = [];
  const apart = new CSSStyleSheet();
  apart.replaceSync(`body { visibility: hidden } ${within} { visibility: visible }`);
  document.adoptedStyleSheets.push(apart);
  for (const part of document.querySelectorAll(`${within}:not(:modal, :popover-open)`)) {
    part[opens]();
    found.push(...await RUN([part, rules]));
    part[closes]();
  }
  document.adoptedStyleSheets.pop();
  return found;
}""".replace("RUN", f"({RUN})")
"""Nothing else is to be seen: of what lies over a page axe does not know that it does, and says nothing of
its colours."""


def violations(page: Page, within: str = "html", rules: Rules = ALL) -> list[str]:
    """Of all that is visible now."""
    _load(page)
    return list(page.evaluate(RUN, [within, rules]))


def violations_of_dialogs(page: Page, rules: Rules = ALL) -> list[str]:
    """Of every dialog and menu that the page has, opened one after the other."""
    _load(page)
    dialogs = page.evaluate(OPEN_EACH, ["dialog", "showModal", "close", rules])
    menus = page.evaluate(OPEN_EACH, ["[popover]", "showPopover", "hidePopover", rules])
    return [*dialogs, *menus]


def _load(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)

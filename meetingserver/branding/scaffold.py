"""A brand to begin with."""

from pathlib import Path

TOML = """\
# The brand {name!r}. What is not said here is as in the brand that it extends. All there is: docs/branding.md
# Check it: manage.py brand check {name}          Look at it: manage.py brand serve {name}

name = "{title}"
# short_name = "{title}"                          # below the icon on a phone
# tagline = {{ en = "Meet us here", de = "Hier trifft man uns" }}
# extends = "default"
# hosts = ["meet.{name}.example"]                 # whose pages always have this brand
# numbers = ["+4930123456"]                       # telephone numbers, likewise

logo = "logo.svg"                                 # files lie in static/
# logo_dark = "logo-dark.svg"
# logo_has_name = true                            # then the name is not written beside it
# favicon = "favicon.svg"
# icon = "icon.png"                               # 512 x 512, for home screens
# radius = 12                                     # of corners, in pixels

[colours]                                         # one for both, or one each for light and dark pages
accent = {{ light = "#3a4fb8", dark = "#a9b6ff" }}
# ink = {{ light = "#17201d", dark = "#eef3f1" }}
# ground = {{ light = "#f7f6f2", dark = "#111514" }}

# [fonts]
# text = '"Atkinson Hyperlegible", sans-serif'
# size = 100                                      # percent
# [[fonts.files]]
# family = "Atkinson Hyperlegible"
# file = "fonts/atkinson.woff2"

# [links]
# website = "https://{name}.example"
# help = "https://{name}.example/help"
# contact = "mailto:help@{name}.example"

# [legal]
# imprint = "https://{name}.example/imprint"
# privacy = "https://{name}.example/privacy"
# terms = "https://{name}.example/terms"
# notice = "{title} Ltd"

# [email]
# sender = "{title} <meetings@{name}.example>"
# reply_to = "help@{name}.example"
# signature = "{title}"

# [features]                                      # false: pages do not show it
# usage = false

# [languages]
# default = "en"
# allowed = ["en", "de"]
"""

LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="9" fill="#3a4fb8"/>
  <circle cx="12" cy="16" r="5" fill="#fff"/>
  <circle cx="21" cy="16" r="5" fill="none" stroke="#fff" stroke-width="2"/>
</svg>
"""


def scaffold(folder: Path, name: str) -> None:
    """Raises FileExistsError."""
    (folder / "static").mkdir(parents=True)
    title = name.replace("-", " ").title()
    (folder / "brand.toml").write_text(TOML.format(name=name, title=title), encoding="utf-8")
    (folder / "static" / "logo.svg").write_text(LOGO, encoding="utf-8")

"""What the templates of a player need, on our pages and in a ZIP."""

from typing import Any

from django.utils.translation import gettext_lazy as _

RATES = [(str(rate), f"{rate:g}×") for rate in (0.5, 0.75, 1, 1.25, 1.5, 1.75, 2)]
FACES = [
    ("thumbs_up", _("Thumbs up")),
    ("applause", _("Applause")),
    ("heart", _("Heart")),
    ("laugh", _("Laughter")),
    ("surprise", _("Surprise")),
    ("celebrate", _("Celebration")),
    ("thumbs_down", _("Thumbs down")),
]


def player_context(**more: Any) -> dict[str, Any]:
    """`recording` needs a `title`; `page` is what the scripts begin with."""
    return {"rates": RATES, "faces": FACES, "spectator": True, **more}

"""What brands cost: the page at which people join, made with our look, with a brand that has much of its own,
and by Django alone.

    .venv/bin/python benchmarks/branding.py [--pages 300]

The peer is Django's own engine, its own cached loader and its own translations, on the same templates; what
those say of the brand is worked out once for all pages.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

PAGE = "conferences/conference.html"
LANGUAGE = "de"
TOML = """
name = "Acme"
logo = "logo.svg"
[colours]
accent = "#3a4fb8"
[links]
help = "https://help.acme.example/"
"""
PHRASES = 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Join"\nmsgstr "Eintreten"\n'
OVERRIDING = {
    "brand.toml": TOML,
    "static/logo.svg": "<svg/>",
    "static/brand.css": "a {}",
    "snippets/join_notice.html": "<p>{{ brand.name }}</p>",
    "snippets/footer.html": "<p>{{ brand.name }}</p>",
    "templates/_brand.html": '<a class="brand" href="/">{{ brand.name }}</a>',
    "locale/de/LC_MESSAGES/django.po": PHRASES,
}

Maker = Callable[[], str]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=int, default=300, help="of each kind")
    pages = options.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="meetingserver-branding-") as folder:
        makers = _makers(Path(folder))
        for make in makers.values():
            assert "join-button" in make()
        took: dict[str, list[float]] = {kind: [] for kind in makers}
        for _ in range(pages):  # in turns, so that what else runs here is the same for all
            for kind, make in makers.items():
                begun = time.perf_counter()
                make()
                took[kind].append((time.perf_counter() - begun) * 1000)
    half = {kind: statistics.median(times) for kind, times in took.items()}
    print(
        f"RESULT default_p50_ms={half['default']:.2f} overriding_p50_ms={half['overriding']:.2f} "
        f"django_p50_ms={half['django']:.2f} default_costs_ms={half['default'] - half['django']:.2f} "
        f"overriding_costs_ms={half['overriding'] - half['django']:.2f}"
    )


def _makers(folder: Path) -> dict[str, Maker]:
    """By the kind of page."""
    _prepare(folder)
    from django.template.loader import render_to_string
    from django.utils import translation
    from django.utils.translation import trans_real

    from meetingserver.branding.choosing import branded
    from meetingserver.branding.page import described
    from meetingserver.branding.phrases import BrandedTranslation
    from meetingserver.sample_pages import PAGES, request

    translation.activate(LANGUAGE)
    words, asked, said = PAGES[PAGE](), request(user=None), described()
    (plain_translation,) = BrandedTranslation.__bases__
    ours, djangos = trans_real.translation(LANGUAGE), plain_translation(LANGUAGE)
    engine = _plain_engine()

    def speaks(language: Any) -> None:
        trans_real._active.value = language  # noqa: SLF001 - Django offers but one for each name

    def made_with(brand: str) -> Maker:
        def make() -> str:
            speaks(ours)
            with branded(brand):
                return render_to_string(PAGE, words, asked)

        return make

    def plain() -> str:
        speaks(djangos)
        return str(engine.get_template(PAGE).render({"brand": said, **words}, asked))

    return {"default": made_with("default"), "overriding": made_with("overriding"), "django": plain}


def _prepare(folder: Path) -> None:
    """A server of its own, as `manage.py prepare` leaves it, and a brand."""
    for name, content in OVERRIDING.items():
        file = folder / "brands" / "overriding" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    own = {"DATA_DIR": str(folder), "DEBUG": "false", "DJANGO_SETTINGS_MODULE": "meetingserver.settings"}
    os.environ |= own  # noqa: TID251 - before settings
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from meetingserver.texts import compile_texts

    compile_texts(settings.CATALOGUES, settings.COMPILED_CATALOGUES)
    call_command("collectstatic", interactive=False, verbosity=0)


def _plain_engine() -> Any:
    """With Django's own cached loader, as it has where `DEBUG` is off."""
    from django.conf import settings
    from django.template.backends.django import DjangoTemplates

    ours = settings.TEMPLATES[0]
    processors = {"context_processors": ours["OPTIONS"]["context_processors"]}
    made = {"NAME": "plain", "DIRS": ours["DIRS"], "APP_DIRS": True, "OPTIONS": processors}
    return DjangoTemplates(made)


if __name__ == "__main__":
    main()

import gettext
import re
from pathlib import Path

from meetingserver.pseudo import pseudo, pseudo_compile


def test_a_text_looks_foreign_and_longer_and_keeps_its_placeholders() -> None:
    assert pseudo("Call %(name)s, {count} times") == "[Çâļļ %(name)s, {count} ţîɱéš········]"
    assert not re.search("[a-z]", pseudo("the quick brown fox jumps over the lazy dog"))


def test_words_also_run_backwards() -> None:
    assert pseudo("Raise hand: {name}", backwards=True) == "[\u202eŔâîšé ĥâñđ\u202c: {name}·····]"


def test_a_catalogue_is_made_of_the_texts_of_another(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Go"\nmsgstr "Los"\n\n'
        'msgctxt "verb"\nmsgid "Go"\nmsgstr "Geh"\n\n'
        'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )
    for _again in range(2):
        pseudo_compile(source, tmp_path)
    with (tmp_path / "en_XA" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Go") == english.pgettext("verb", "Go") == "[Ĝö·]"
    assert english.ngettext("{n} day", "{n} days", 2) == "[{n} đâýš··]"
    assert (tmp_path / "ar_XB" / "LC_MESSAGES" / "django.mo").exists()

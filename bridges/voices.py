"""Which voice of espeak-ng reads what is written in which language, and what none can read. PURE.

Heard and measured with espeak-ng 1.51: its usual Chinese voice reads Chinese characters as English spellings
of their sounds, all others say "Chinese letter" for each. Its Hebrew one leaves out vowels that are not
written, and says the name of each that is. It and the Japanese one spell what is in Latin letters.
"""

import re

CHINESE_CHARACTERS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
HEBREW_LETTERS = re.compile(r"[\u05d0-\u05ea]")
LATIN_LETTERS = re.compile(r"[A-Za-z]")
PHONEMES = re.compile(r"\[\[.*?\]\]")
"""What espeak-ng says sound by sound, in its own signs."""


def voice_of(words: str, language: str) -> str | None:
    """None: it would be no language that anybody understands. `language` as Django calls it."""
    letters = PHONEMES.sub("", words)
    spoken = language.partition("-")[0].lower()
    if CHINESE_CHARACTERS.search(letters):
        return "cmn-latn-pinyin" if spoken == "zh" else None
    if HEBREW_LETTERS.search(letters):
        return None
    if KANA.search(letters):
        return "ja"
    if spoken in ("ja", "he") and LATIN_LETTERS.search(letters):
        return "en"
    return "cmn" if spoken == "zh" else language.lower()

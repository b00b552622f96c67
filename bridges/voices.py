"""Which voice of espeak-ng reads what is written in which language, and what none can read. PURE.

Heard and measured with espeak-ng 1.51: its usual Chinese voice reads Chinese characters as English spellings
of their sounds, its Japanese one says "Chinese letter" for each, its Hebrew one leaves out vowels that are
not written.
"""

import re

CHINESE_CHARACTERS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
HEBREW_LETTERS = re.compile(r"[\u05d0-\u05ea]")
HEBREW_VOWELS = re.compile(r"[\u05b0-\u05bc]")


def voice_of(words: str, language: str) -> str | None:
    """None: it would be no language that anybody understands. `language` as Django calls it."""
    match language.partition("-")[0].lower():
        case "zh":
            return "cmn-latn-pinyin" if CHINESE_CHARACTERS.search(words) else "cmn"
        case "ja" if CHINESE_CHARACTERS.search(words):
            return None
        case "he" if HEBREW_LETTERS.search(words) and not HEBREW_VOWELS.search(words):
            return None
        case _:
            return language.lower()

"""Which voice reads what."""

import pytest

from bridges.voices import voice_of


@pytest.mark.parametrize(
    ("words", "language", "voice"),
    [
        ("Willkommen.", "de", "de"),
        ("Boas-vindas.", "pt-BR", "pt-br"),
        ("请输入会议的访问代码。PIN", "zh-hans", "cmn-latn-pinyin"),
        ("Zoe", "zh-hans", "cmn"),
        ("ミュートされています。", "ja", "ja"),
        ("この会議は満員です。", "ja", None),
        ("שלום.", "he", None),
        ("שָׁלוֹם.", "he", None),
        ("[[Sal'om]].", "he", "he"),
        ("3", "he", "he"),
        ("Zoe", "he", "en"),
        ("Zoe", "ja", "en"),
        ("やまだ たろう", "de", "ja"),
        ("山田 太郎", "en", None),
        ("דוד", "en", None),
    ],
)
def test_the_voice_is_chosen_by_what_is_written(words: str, language: str, voice: str | None) -> None:
    assert voice_of(words, language) == voice

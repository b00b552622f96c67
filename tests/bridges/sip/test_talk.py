from bridges.sip.talk import ATTACK_FRAMES, HANGOVER_FRAMES, TalkDetector


def test_a_click_is_not_speech() -> None:
    detector = TalkDetector()
    assert [detector.heard(-10.0) for _ in range(ATTACK_FRAMES - 1)] == [None] * (ATTACK_FRAMES - 1)
    assert detector.heard(-90.0) is None
    assert detector.level == 0


def test_speech_is_told_with_its_level_and_its_end_after_a_while() -> None:
    detector = TalkDetector()
    told = [level for _ in range(50) if (level := detector.heard(-9.0)) is not None]
    assert told == [9]
    told = [level for _ in range(HANGOVER_FRAMES) if (level := detector.heard(-90.0)) is not None]
    assert told == [0]


def test_quiet_speech_has_a_low_level() -> None:
    detector = TalkDetector()
    for _ in range(ATTACK_FRAMES):
        detector.heard(-43.0)
    assert detector.level == 1


def test_who_is_muted_does_not_talk() -> None:
    detector = TalkDetector()
    for _ in range(ATTACK_FRAMES):
        detector.heard(-20.0)
    assert detector.silenced() == 0
    assert detector.silenced() is None

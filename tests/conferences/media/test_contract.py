"""The words shared with whoever uses the engine."""

from conferences.media.contract import MediaStats, OfferRefused, Source


def test_sources_are_in_the_order_of_the_offer() -> None:
    assert [source.is_video for source in Source] == [False, True, True, False, False]
    assert list(Source)[-1] is Source.PHONE


def test_a_refusal_has_a_stable_code() -> None:
    assert OfferRefused("server_full").code == "server_full"


def test_dropped_packets_are_counted_by_reason() -> None:
    stats = MediaStats()
    for reason in ("stranger", "early", "stranger"):
        stats.drop(reason)
    assert stats.dropped == {"stranger": 2, "early": 1}

"""How good a call sounds, from what can be measured (ITU-T G.107, shortened). Pure."""

_BEST = 93.2
_EQUIPMENT_LOSS = 4.3
"""Packet-loss robustness of G.711 without its concealment (ITU-T G.113, appendix I)."""


def mos(loss_percent: float, jitter_ms: float, delay_ms: float = 60.0) -> float:
    """1 (nobody understands) to 4.5 (like in one room). Jitter counts as the delay of its buffer."""
    delay = delay_ms + 2 * jitter_ms
    impairment = 0.024 * delay + (0.11 * (delay - 177.3) if delay > 177.3 else 0.0)
    impairment += 95 * loss_percent / (loss_percent + _EQUIPMENT_LOSS)
    rating = max(0.0, min(100.0, _BEST - impairment))
    score = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6
    return round(max(1.0, score), 2)

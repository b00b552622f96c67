"""Whether a phone is heard well, said only when it really changed. PURE."""

from bridges.types import Quality

POOR_MOS, GOOD_MOS = 3.1, 3.6
POOR_LOSS, GOOD_LOSS = 5.0, 2.0
"""Percent. Between poor and good nothing changes."""


class Steadiness:
    """Give it every measurement; it gives whether the line is good."""

    def __init__(self) -> None:
        self.good = True

    def measure(self, quality: Quality) -> bool:
        known_mos = quality.mos > 0
        if (known_mos and quality.mos < POOR_MOS) or quality.loss_percent > POOR_LOSS:
            self.good = False
        elif (not known_mos or quality.mos >= GOOD_MOS) and quality.loss_percent <= GOOD_LOSS:
            self.good = True
        return self.good

"""Who talks, and how loud: from the loudness of frames of 20 ms. Pure."""

ATTACK_FRAMES = 3
"""60 ms: a click is not speech."""
HANGOVER_FRAMES = 25
"""Half a second: nobody breathes longer between words."""
QUIETEST_DB, LOUDEST_DB = -45.0, -9.0
"""Level 1 and level 9, of full scale (RMS)."""
CALM_FRAMES = 10
"""A change of level is told at most five times a second."""
_SMOOTHING = 0.3


class TalkDetector:
    """`level` is 0 (silent) to 9."""

    def __init__(self) -> None:
        self.level = 0
        self._loudness = -96.0
        self._loud = self._quiet = self._since = 0

    def heard(self, db: float) -> int | None:
        """Of each frame; the new level if it is to be told."""
        self._since += 1
        if db >= QUIETEST_DB:
            if not self._loud and not self.level:
                self._loudness = db
            self._loud, self._quiet = self._loud + 1, 0
        else:
            self._loud, self._quiet = 0, self._quiet + 1
        self._loudness += _SMOOTHING * (max(db, -96.0) - self._loudness)
        if self.level == 0:
            return self._becomes(self._measured()) if self._loud >= ATTACK_FRAMES else None
        if self._quiet >= HANGOVER_FRAMES:
            return self._becomes(0)
        if self._since >= CALM_FRAMES and self._loud and self._measured() != self.level:
            return self._becomes(self._measured())
        return None

    def silenced(self) -> int | None:
        """They are muted, held or gone."""
        self._loud, self._quiet, self._loudness = 0, 0, -96.0
        return self._becomes(0) if self.level else None

    def _becomes(self, level: int) -> int:
        self.level, self._since = level, 0
        return level

    def _measured(self) -> int:
        place = (self._loudness - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
        return min(9, max(1, 1 + round(8 * place)))

"""Sound for tests: tones, by which people are told apart, and how much of a tone is in something."""

import numpy as np

from conferences.media.mixing import FRAME_SAMPLES, SAMPLE_RATE, Samples

LOUD = 8000


def tone(hertz: float, seconds: float, *, rate: int = SAMPLE_RATE, peak: int = LOUD) -> Samples:
    times = np.arange(round(seconds * rate)) / rate
    return (peak * np.sin(2 * np.pi * hertz * times)).astype(np.int16)


def silence(seconds: float, *, rate: int = SAMPLE_RATE) -> Samples:
    return np.zeros(round(seconds * rate), np.int16)


def frames(samples: Samples, size: int = FRAME_SAMPLES) -> list[Samples]:
    """Whole ones."""
    return [samples[at : at + size] for at in range(0, len(samples) - size + 1, size)]


def share(samples: Samples, hertz: float, rate: int = SAMPLE_RATE) -> float:
    """Of this tone in the energy of the samples, 0 to 1 (Goertzel: one bin of a DFT, Hann window)."""
    window = np.hanning(len(samples))
    turns = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / rate)
    power = np.abs(np.sum(samples * window * turns)) ** 2
    total = np.sum((samples * window) ** 2) * np.sum(window**2) / 2
    return float(power / total) if total > 1e-9 else 0.0


def peak_of(samples: Samples, hertz: float, rate: int = SAMPLE_RATE) -> float:
    """The amplitude of this tone."""
    window = np.hanning(len(samples))
    turns = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / rate)
    return float(2 * np.abs(np.sum(samples * window * turns)) / np.sum(window))

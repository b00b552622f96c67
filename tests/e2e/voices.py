"""What fake microphones and cameras give: for everyone their own tone and colour, to tell them apart by."""

import wave
from pathlib import Path

import numpy as np

RATE = 48_000
SIZE = (320, 180)
FPS = 10


def tone(path: Path, hertz: float, seconds: int = 2) -> Path:
    """A steady tone, played in a loop without a seam."""
    times = np.arange(RATE * seconds) / RATE
    samples = (0.4 * 32_767 * np.sin(2 * np.pi * hertz * times)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


def colour(path: Path, yuv: tuple[int, int, int], frames: int = FPS) -> Path:
    """A picture of one colour (Y4M, 4:2:0), with a stripe that wanders so that it moves."""
    width, height = SIZE
    luma, *chroma = yuv
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{FPS}:1 Ip A1:1 C420jpeg\n".encode())
        for frame in range(frames):
            y = np.full((height, width), luma, np.uint8)
            y[:4, frame * width // frames : (frame + 1) * width // frames] = 235
            planes = [np.full((height // 2, width // 2), value, np.uint8) for value in chroma]
            file.write(b"FRAME\n" + y.tobytes() + b"".join(plane.tobytes() for plane in planes))
    return path


def goertzel(samples: np.ndarray, hertz: float, rate: int = RATE) -> float:
    """The share of this tone in the energy of the samples, 0 to 1 (one bin of a DFT, Hann window)."""
    window = np.hanning(len(samples))
    turns = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / rate)
    power = np.abs(np.sum(samples * window * turns)) ** 2
    total = np.sum((samples * window) ** 2) * np.sum(window**2) / 2
    return float(power / total) if total > 1e-9 else 0.0

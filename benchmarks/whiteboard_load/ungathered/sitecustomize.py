"""Python runs this at its start where `benchmarks/whiteboard.py` wants motions to be told as they come."""

from conferences import motions

motions.WINDOW_S = 0

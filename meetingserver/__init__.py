"""The project. What its programs load stays: to search that for garbage would be a sixth of their start."""

import gc

gc.set_threshold(50_000, 50, 1000)

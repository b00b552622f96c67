import gc

gc.set_threshold(50_000, 50, 1000)  # what programs load stays: to search it for garbage is a sixth of their start

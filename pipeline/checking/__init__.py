"""Spot-checking: viewing what was read, measuring its accuracy, comparing outputs."""

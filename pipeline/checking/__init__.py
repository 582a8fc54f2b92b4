"""Spot-checking: looking at what was read, measuring how right it is, comparing outputs."""

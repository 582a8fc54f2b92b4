"""Rows decided by learned weights: named evidence in, labels with probabilities and reasons out."""

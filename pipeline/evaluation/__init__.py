"""Scores extraction against gold: reports whose truth is known. Pure of disk and screen."""

from __future__ import annotations

from pipeline.evaluation.compare import compare
from pipeline.evaluation.scores import Count, Miss, Scores

__all__ = ["Count", "Miss", "Scores", "compare"]

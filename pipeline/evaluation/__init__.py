"""Scores extraction against gold: reports with known truth. No input or output."""

from __future__ import annotations

from pipeline.evaluation.compare import compare
from pipeline.evaluation.scores import Count, Miss, Scores

__all__ = ["Count", "Miss", "Scores", "compare"]

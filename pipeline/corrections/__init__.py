"""Corrections by reviewers: kept beside the datasets, applied when datasets are published."""

from models.report import CorrectionState

NOT_APPLIED = {
    CorrectionState.STALE: "correction-stale",
    CorrectionState.CONFLICT: "correction-conflict",
}
"""Problem code and answer flag for a correction that is not applied."""

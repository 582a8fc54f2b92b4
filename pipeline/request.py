"""What a batch is asked to do, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.contents import Contents
from pipeline.inputs import Inputs
from pipeline.parts import Published
from pipeline.plan import Plan
from pipeline.versions import VersionRule
from pipeline.worker import Setup


@dataclass(frozen=True, slots=True)
class Request:
    """What a batch is asked to do.

    Attributes:
        paths: Folders, files or fsspec addresses.
        out: Output folder, or an fsspec address.
        setup: How reports are read.
        jobs: Worker processes; for Dask's own cluster, workers.
        engine: local or dask.
        scheduler: Address of a Dask scheduler; "" for a cluster of its own.
        force: Read and write everything again.
        retry_failed: Read failed reports again.
        allow_removals: Remove reports whose files are gone, however many there are.
        versions: Rule for which of several reports of one board counts.
    """

    paths: tuple[str, ...]
    out: str
    setup: Setup
    jobs: int = 1
    engine: str = "local"
    scheduler: str = ""
    force: bool = False
    retry_failed: bool = False
    allow_removals: bool = False
    versions: VersionRule = field(default_factory=VersionRule)


@dataclass(slots=True)
class Outcome:
    """What a batch did.

    Attributes:
        plan: The plan as it was before any work.
        inputs: What was found.
        published: What the datasets hold.
        files: SHA-256 of every file that was written, by name.
        read: Number of reports read.
        hashed: Number of input files read for their digest.
        interrupted: Whether the user stopped it.
        contents: Counts over the datasets.
        seconds: How long it took.
    """

    plan: Plan
    inputs: Inputs
    published: Published
    files: dict[str, str] = field(default_factory=dict)
    read: int = 0
    hashed: int = 0
    interrupted: bool = False
    contents: Contents = field(default_factory=Contents)
    seconds: float = 0.0

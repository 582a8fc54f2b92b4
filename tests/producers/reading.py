"""Renders a board as a variant, reads and scores it; runs in a separate process."""

from __future__ import annotations

import atexit
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import to_json
from tests.generator import make_board
from tests.generator.content import Heading, Truth, plain_bullets
from tests.producers import VARIANTS, Programs
from tests.producers.programs import forget_profile
from tests.producers.scoring import Score, score


@dataclass(frozen=True)
class Settings:
    """Settings that apply to every board of a run.

    Attributes:
        cache: Folder for cached results of programs, or None.
        save: Folder for the files and their gold, or None.
        chapters: How many chapters of a board are rendered; 0 for all.
    """

    cache: Path | None = None
    save: Path | None = None
    chapters: int = 0


def read_board(name: str, seed: int, settings: Settings) -> Score:
    """Scores a board in a variant; if a program fails, the result is only its error."""
    logging.disable(logging.WARNING)
    atexit.register(forget_profile)
    variant = next(one for one in VARIANTS if one.name == name)
    truth = plain_bullets(make_board(seed))
    if settings.chapters:
        truth = first_chapters(truth, settings.chapters)
    file = f"{variant.name.replace('/', '-')}-{seed}{variant.suffix}"
    try:
        data = variant.render(truth, seed, Programs(settings.cache))
    except RuntimeError as error:
        return Score(errors=[f"{name} {seed}: {error}"])
    gold = truth.report(source=file)
    if settings.save:
        save = settings.save
        save.mkdir(parents=True, exist_ok=True)
        (save / file).write_bytes(data)
        (save / f"{file}.gold.json").write_text(to_json(gold, indent=1) + "\n", encoding="utf-8")
    found = extract_bytes(data, file, builtin_forms(), builtin_taxonomy())
    return score(gold, found, seed)


def first_chapters(truth: Truth, count: int) -> Truth:
    """The report without the chapters after the first ones."""
    starts = [
        place
        for place, block in enumerate(truth.blocks)
        if isinstance(block, Heading) and block.level == 1
    ]
    end = starts[count] if count < len(starts) else len(truth.blocks)
    return replace(truth, blocks=truth.blocks[:end])

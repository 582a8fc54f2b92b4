"""A generator of invented boards, their reports in many layouts, and the truth about each.

>>> board = make_board(7)
>>> report = render(board, "dump", seed=7)
>>> report.data, report.truth  # the file, and what extraction should return
"""

from __future__ import annotations

from tests.generator.boards import make_board
from tests.generator.content import Truth
from tests.generator.gold import Rendered
from tests.generator.kinds import KINDS, TOOL_KINDS, render

__all__ = ["KINDS", "TOOL_KINDS", "Rendered", "Truth", "make_board", "render"]

"""Reports that pandoc makes from a web page: Word, OpenDocument, and PDF through pdflatex."""

from __future__ import annotations

from collections.abc import Callable

from tests.producers.programs import Programs
from tests.producers.typeset import markup
from tests.producers.typeset.story import Look, Story


def to(ending: str) -> Callable[[Story, Look, Programs], bytes]:
    """Returns a function that makes files of a kind."""

    def render(story: Story, look: Look, programs: Programs) -> bytes:
        # LaTeX does not break rows, so a sheet must hold the longest.
        engine = "--pdf-engine=pdflatex -V lang=sv -V papersize=a3" if ending == "pdf" else ""
        target = f"rapport.{ending}"
        command = f"pandoc -f html {engine} -o {target} rapport.html"
        return programs.run(command, "rapport.html", target, markup.page(story, look).encode())

    return render

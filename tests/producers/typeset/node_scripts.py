"""Reports made by packages of npm: pdfmake, jsPDF with autotable, docx."""

from __future__ import annotations

from collections.abc import Callable

from tests.producers.programs import NODE, Programs, need
from tests.producers.typeset.story import Look, Story, as_json

Render = Callable[[Story, Look, Programs], bytes]


def by_package(package: str, script: str, ending: str = "pdf") -> Render:
    """What runs a script in `node/` that needs a package."""

    def render(story: Story, look: Look, programs: Programs) -> bytes:
        need(package)
        target = f"rapport.{ending}"
        command = f"node {NODE / script} rapport.json {target}"
        return programs.run(command, "rapport.json", target, as_json(story, look).encode())

    return render

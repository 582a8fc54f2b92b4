"""A bench of real producers: the generator's boards, rendered by widely used programs.

The generator's own files show that the code handles what we thought of. These show what happens to
files from programs of others: `make bench`, or `python -m tests.producers --help`.

To add a variant, add a line to `PDFS`, `WORDS` or `DUMPS` in `variants.py`: a name, the programs
that it needs, and how it is rendered from a board's truth; or a look in `typeset/looks.py`, for
typesetting programs. State how a new program is installed in
`programs.INSTALL`; run it through `Programs`, which remembers results. Leave `held_out` alone for
what others tune on: a producer that is held out is so with all its variants, and nobody looks into
their misses. PyMuPDF is used where it is installed, and is no dependency of anything here.

A class of misses that is fixed leaves a small file with its gold in `files/`, which the suite
reads on machines without these programs; its first board in which every row is exact is enough:

    python -m tests.producers --variants pdf/two-up --boards 1 --chapters 1 --save FOLDER
"""

from __future__ import annotations

from tests.producers.programs import MissingProgramError, Programs, is_installed
from tests.producers.variants import VARIANTS, Variant

__all__ = ["VARIANTS", "MissingProgramError", "Programs", "Variant", "is_installed"]

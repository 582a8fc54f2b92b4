"""Builds the wheel with the three packages below one namespace.

In the repository `models`, `extractors` and `pipeline` stand at the top, and so they do in an
editable install. In a wheel those names would collide with those of other projects, so there they
are `svarsutdrag.models` and so on: copied below that folder, with their imports of each other
rewritten. `tests/test_wheel.py` installs the outcome beside other packages of the same names.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

NAMESPACE = "svarsutdrag"
PACKAGES = ("models", "extractors", "pipeline")

_NAMES = "|".join(PACKAGES)
_REWRITES = (
    (re.compile(rf"^(\s*)from ({_NAMES})(?=[. ])", re.M), rf"\1from {NAMESPACE}.\2"),
    (re.compile(rf"^(\s*)import ({_NAMES})(?=\s*(#|$))", re.M), rf"\1from {NAMESPACE} import \2"),
    (re.compile(rf"^(\s*)import ({_NAMES})(?=\.)", re.M), rf"\1import {NAMESPACE}.\2"),
)


def rewritten(code: str) -> str:
    """Code whose imports of the three packages go through the namespace."""
    for pattern, replacement in _REWRITES:
        code = pattern.sub(replacement, code)
    return code


class BuildBelowNamespace(build_py):
    """Copies the packages below the namespace, unless they are to be imported where they are."""

    def run(self) -> None:
        """Copies the packages, and rewrites their imports."""
        super().run()
        if self.editable_mode:
            return
        built = Path(self.build_lib)
        target = built / NAMESPACE
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for name in PACKAGES:
            shutil.move(str(built / name), target / name)
        for path in target.rglob("*.py"):
            path.write_text(rewritten(path.read_text("utf-8")), encoding="utf-8", newline="\n")


class WheelBelowNamespace(bdist_wheel):
    """Has the wheel's command start in the namespace."""

    def write_wheelfile(self, wheelfile_base: str, *args: str, **kwargs: str) -> None:
        """Writes what the wheel says of itself, with the command's place."""
        super().write_wheelfile(wheelfile_base, *args, **kwargs)
        if self.distribution.get_command_obj("editable_wheel", create=False):
            return
        info = Path(wheelfile_base)
        scripts = (info / "entry_points.txt").read_text("utf-8")
        scripts = re.sub(rf"= (?=({_NAMES})\.)", f"= {NAMESPACE}.", scripts)
        (info / "entry_points.txt").write_text(scripts, encoding="utf-8", newline="\n")
        (info / "top_level.txt").write_text(f"{NAMESPACE}\n", encoding="utf-8", newline="\n")


setup(cmdclass={"build_py": BuildBelowNamespace, "bdist_wheel": WheelBelowNamespace})

"""The walkthrough `docs/your-own-questionnaire.md`: commands run, forms load, no key is missing."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from extractors.rules import user_form
from models.form import Form
from pipeline.cli import cli

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "your-own-questionnaire.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"^```console\n(.*?)^```", TEXT, re.S | re.M)
    for line in block.splitlines()
]
FORMS = re.findall(r"^```toml\n(.*?)^```", TEXT, re.S | re.M)
OWN = 'id = "a"\ntitle = "A"\n'
TABLE = """
[[tables]]
id = "t"
[[tables.columns]]
holds = "question"
heads = ["Asked"]
[[tables.columns]]
holds = "answer"
heads = ["Said"]
"""


def test_every_command_of_the_walk_works(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "docs" / "questionnaire", tmp_path / "docs" / "questionnaire")
    monkeypatch.chdir(tmp_path)
    assert len(COMMANDS) == 7
    for line in COMMANDS:
        if "lights.toml" in line:  # made in the same way as the other form
            made = ["form", "suggest", "docs/questionnaire/lights.pdf", "-o", "lights.toml"]
            assert CliRunner().invoke(cli, made, standalone_mode=False).return_value == 0
        program, *words = shlex.split(line)
        assert program == "svar"
        result = CliRunner().invoke(cli, words, standalone_mode=False, catch_exceptions=False)
        assert result.return_value in (None, 0), (line, result.output)
    assert (tmp_path / "out").is_dir()


@pytest.mark.parametrize("fragment", FORMS)
def test_every_example_is_a_form_that_loads(fragment, tmp_path):
    content = tomllib.loads(fragment)
    own = "" if "id" in content else OWN
    table = "" if "tables" in content or "outside_tables" in content else TABLE
    path = tmp_path / "form.toml"
    path.write_text(own + fragment + table, encoding="utf-8")
    assert user_form(path).id


def _keys(model: type[BaseModel]) -> set[str]:
    """The keys of a form and of all its parts."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        found.add(name)
        for part in [field.annotation, *getattr(field.annotation, "__args__", ())]:
            if isinstance(part, type) and issubclass(part, BaseModel):
                found |= _keys(part)
    return found


def test_no_key_of_the_form_language_is_left_out():
    shown = set(re.findall(r"^\[*(?:\w+\.)?(\w+)(?:\]+$| = )", "\n".join(FORMS), re.M))
    assert _keys(Form) - {"digest"} - shown == set()

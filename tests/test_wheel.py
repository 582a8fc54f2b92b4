"""The wheel lives beside foreign packages that are called `models`, `extractors` and `pipeline`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("models", "extractors", "pipeline")
PROJECT = (*PACKAGES, "setup.py", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel is installed in, and nothing else."""
    base = tmp_path_factory.mktemp("wheel")
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, base / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", base / "dist", base]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (base / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        tops = {name.split("/")[0] for name in file.namelist()}
        assert {top for top in tops if not top.endswith(".dist-info")} == {"svarsutdrag"}
    install = [*pip, "install", "--no-deps", "--target", base / "site", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return base / "site"


@pytest.fixture
def environment(installed: Path, tmp_path: Path) -> dict[str, str]:
    """Has foreign packages come first, which say so when they are imported."""
    for name in PACKAGES:
        (tmp_path / "foreign" / name).mkdir(parents=True)
        (tmp_path / "foreign" / name / "__init__.py").write_text("raise ImportError('foreign')\n")
    places = os.pathsep.join((str(tmp_path / "foreign"), str(installed)))
    return {**os.environ, "PYTHONPATH": places}


def test_svar_runs_from_the_wheel_beside_foreign_packages(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    entry = "import sys; from svarsutdrag.pipeline.cli import main; main(sys.argv[1:])"
    assert "svar = svarsutdrag.pipeline.cli:main" in next(
        installed.glob("*.dist-info/entry_points.txt")
    ).read_text("utf-8")
    report, out = ROOT / "data" / "raw" / "board-104-pdf-ruled.pdf", tmp_path / "out"
    for arguments, said in (
        (["run", report, "--out", out], "1 ok"),
        (["show", out, "--needs-eyes"], "confidence"),
        (["summary", out, "-o", tmp_path / "summary.html"], "Wrote a summary"),
        (["codebook"], "answers"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", entry, *map(str, arguments)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert said in done.stdout + done.stderr, (arguments, done.stdout, done.stderr)


def test_every_module_of_the_wheel_can_be_imported(
    installed: Path, environment: dict[str, str]
) -> None:
    files = sorted((installed / "svarsutdrag").rglob("*.py"))
    names = [".".join(path.relative_to(installed).with_suffix("").parts) for path in files]
    modules = [name.removesuffix(".__init__") for name in names]
    code = "import sys, importlib\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    code += f"assert not {set(PACKAGES)!r} & set(sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, *modules], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]

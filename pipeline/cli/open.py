"""`svar open`: browse and correct the datasets in a web browser."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli._options import Choices, read_passwords
from pipeline.cli._places import PLACE
from pipeline.cli._sampling import source_options
from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from socket import socket

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("out", metavar="DIR", type=PLACE)
@click.option(
    "--reviewer", metavar="NAME", help="Name of the reviewer.  [default: the user's name]"
)
@click.option("--language", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port to listen on.  [default: a free one]",
)
@click.option(
    "--browser/--no-browser", default=True, help="Open the page in a browser.  [default: on]"
)
@click.option(
    "--form", "forms", type=FILE, multiple=True, help="Form file that was given to `run`."
)
@click.option("--themes", type=FILE, help="Theme lexicon that was given to `run`.")
@source_options
def command(
    *,
    out: str,
    reviewer: str | None,
    language: str,
    port: int,
    browser: bool,
    forms: tuple[Path, ...],
    themes: Path | None,
    inputs: str | None,
    password_file: Path | None,
) -> int:
    """Browse and correct the datasets in a web browser.

    \b
    Examples:
      svar open data/processed
      svar open data/processed --reviewer Kim --language en

    DIR is the output folder of `svar run`. The page is served on this machine only, at an address
    with a secret key; stop it with Ctrl-C. Each verdict and correction is saved at once under DIR;
    corrections are applied to the datasets with a button on the page, by `svar correct` or by the
    next `svar run`.
    """
    try:
        import uvicorn
        from starlette.applications import Starlette  # noqa: F401 - of the same extra
    except ImportError as error:
        raise click.UsageError(
            "The page needs extra packages. Install them with: pip install 'svarsutdrag[web]'"
        ) from error
    from pipeline.checking.verdicts import VerdictError
    from pipeline.errors import NoDatasetsError, WrongUseError
    from pipeline.web.app import create_app
    from pipeline.web.desk import Desk
    from pipeline.web.safety import new_token

    rules = Choices(forms, themes).rules()
    try:
        desk = Desk(out, reviewer or _user(), *rules, inputs)
    except (NoDatasetsError, VerdictError, WrongUseError) as error:
        raise click.UsageError(str(error)) from error
    token = new_token()
    app = create_app(desk, token, language=language, passwords=read_passwords(password_file))
    own = _socket(port)
    address = f"http://127.0.0.1:{own.getsockname()[1]}/?token={token}"
    click.echo(f"Open {address}\nStop with Ctrl-C.")
    if browser:
        import webbrowser

        webbrowser.open(address)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    )
    server.run(sockets=[own])
    return ExitCode.OK


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:  # no name for this user
        raise click.UsageError("Name the reviewer with --reviewer NAME.") from error


def _socket(port: int) -> socket:
    """A socket bound to a port, reachable from this machine only."""
    import socket as sockets

    own = sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM)
    try:
        own.bind(("127.0.0.1", port))
        own.listen()  # early requests wait until the server is up
    except OSError as error:
        raise click.UsageError(
            f"Port {port} cannot be used ({error.strerror}). Choose another with --port."
        ) from error
    return own

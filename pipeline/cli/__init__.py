"""`svar`: a click group. Each module here that does not begin with `_` is a command.

A command's module defines `command`, a `click.Command`, and defers heavy imports to the inside of
its functions, so that `svar --help` responds at once.
"""

from __future__ import annotations

import gc
import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

import click

from pipeline.cli._settings import load_settings
from pipeline.cli._streams import guard_terminals
from pipeline.errors import BatchError, LockedError, StoppedError, WrongUseError
from pipeline.exit_codes import ExitCode

_COLLECT_AFTER = 1_000_000
"""New objects between collections: by default, imports alone cause hundreds, all in vain."""


class _LockedOutput(click.ClickException):
    """Ends a command whose output is locked by another run."""

    exit_code = ExitCode.LOCKED


class _StoppedReading(click.ClickException):
    """Ends a command whose file cannot be read to its end."""

    exit_code = ExitCode.NOTHING


class _SpoiltOutput(click.ClickException):
    """Ends a command whose output can no longer be written."""

    exit_code = ExitCode.USAGE


class _CommandFolder(click.Group):
    """Finds commands by the names of the modules in this folder and loads them on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(
            module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_"
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command and turns errors about its usage or output into exit codes."""
        try:
            return super().invoke(ctx)
        except LockedError as error:
            raise _LockedOutput(str(error)) from error
        except WrongUseError as error:
            raise click.UsageError(str(error)) from error
        except StoppedError as error:
            raise _StoppedReading(str(error)) from error
        except BatchError as error:
            raise _SpoiltOutput(str(error)) from error


@click.group(
    cls=_CommandFolder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("svarsutdrag"), prog_name="svar")
def cli() -> None:
    """Read submitted reports and check the result.

    \b
    Exit codes: 0 success; 1 internal error in svar; 2 wrong usage; 3 done, but a report
    failed; 4 nothing could be extracted; 5 the output is locked by another run; 6 a strict
    check found something; 130 interrupted.
    """


def _use_utf8() -> None:
    """Writes UTF-8 to files and pipes, which on Windows would otherwise get a legacy code page.

    A terminal keeps its encoding; characters it cannot show are escaped, never an error.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs `svar` and exits with an `ExitCode`; SVAR_DEBUG shows tracebacks of internal errors."""
    gc.set_threshold(_COLLECT_AFTER)
    _use_utf8()
    guard_terminals()
    try:
        result = cli.main(
            args=arguments,
            prog_name="svar",
            standalone_mode=False,
            default_map=load_settings(cli),
        )
        sys.exit(result if isinstance(result, int) else ExitCode.OK)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone away, as with `svar show … | head`; not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OK)
    except Exception as error:
        if os.environ.get("SVAR_DEBUG"):
            raise
        click.echo(
            f"svar failed: {type(error).__name__}: {error}\n"
            "This is a bug in svar. Run again with SVAR_DEBUG=1 to see the traceback.",
            err=True,
        )
        sys.exit(ExitCode.OWN_FAULT)

"""`svar`: a click group. Each module here that does not begin with `_` is a command.

A command's module holds `command`, a `click.Command`, and imports what is heavy only inside its
functions, so that `svar --help` answers at once.
"""

from __future__ import annotations

import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

import click

from pipeline.cli._settings import load_settings
from pipeline.errors import BatchError, LockedError, WrongUseError
from pipeline.exit_codes import ExitCode


class _LockedOutput(click.ClickException):
    """Ends a command whose output another run holds."""

    exit_code = ExitCode.LOCKED


class _SpoiltOutput(click.ClickException):
    """Ends a command whose output could no longer be written."""

    exit_code = ExitCode.USAGE


class _CommandFolder(click.Group):
    """Finds commands by the names of the modules in this folder, and loads them on demand."""

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
        """Runs a command; what it says about its use or its output becomes an exit code."""
        try:
            return super().invoke(ctx)
        except LockedError as error:
            raise _LockedOutput(str(error)) from error
        except WrongUseError as error:
            raise click.UsageError(str(error)) from error
        except BatchError as error:
            raise _SpoiltOutput(str(error)) from error


@click.group(
    cls=_CommandFolder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("svarsutdrag"), prog_name="svar")
def cli() -> None:
    """Read submitted reports, and check what was read.

    \b
    Exit codes: 0 all fine; 1 a fault of svar itself; 2 wrong usage; 3 done, but a report
    failed; 4 nothing could be extracted; 5 another run holds the output; 6 a strict
    check found something; 130 interrupted.
    """


def _use_utf8() -> None:
    """Writes UTF-8 to files and pipes, which on Windows would get the old code page instead.

    A terminal keeps its encoding; what it cannot show becomes an escape rather than an error.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs `svar` and exits with an `ExitCode`. A fault shows its trace if SVAR_DEBUG is set."""
    _use_utf8()
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
        # The reader of our output is gone, as with `svar show … | head`: nothing to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OK)
    except Exception as error:
        if os.environ.get("SVAR_DEBUG"):
            raise
        click.echo(
            f"svar failed: {type(error).__name__}: {error}\n"
            "This is a fault of svar. Set SVAR_DEBUG=1 and run again to see where.",
            err=True,
        )
        sys.exit(ExitCode.OWN_FAULT)

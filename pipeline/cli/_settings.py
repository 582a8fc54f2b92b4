"""Settings from a file or the environment, for options you do not want to type each time.

A value is looked up on the command line, then in the environment (`SVAR_RUN_JOBS` is `--jobs` of
`svar run`, `SVAR_ALL_JOBS` that of every command), then in `svar.toml`; the last resort is the
option's default.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from pipeline.addresses import is_remote

FILE = "svar.toml"
"""Read from the working folder, unless `SVAR_SETTINGS` names another file."""

PREFIX = "SVAR_"
"""Prefix of environment variables that set options."""

ALL = "all"
"""Table whose options apply to every command that has them."""

Settings = dict[str, dict[str, Any]]
"""Values by command and parameter, in click's `default_map` form."""


def load_settings(group: click.Group, environ: Mapping[str, str] = os.environ) -> Settings:
    """Reads the settings file, if there is one, and the environment.

    Paths in the file are relative to its folder. A variable that matches no option is ignored,
    since it may belong to another program. Options that can be repeated separate their values the
    way PATH does.

    Args:
        group: The commands whose options can be set.
        environ: The environment.

    Raises:
        click.UsageError: The file cannot be used; the message names the file and the key, and says
            what to do.
    """
    named = environ.get("SVAR_SETTINGS")
    path = Path(named or FILE)
    content = _read(path) if named or path.is_file() else {}
    variables = {name for name in environ if name.startswith(PREFIX)} - {"SVAR_SETTINGS"}
    if not content and not variables:
        return {}
    commands = _options_by_command(group)
    settings: Settings = {name: {} for name in commands}
    for table in sorted(content, key=lambda table: table != ALL):
        values = content[table]
        if table != ALL and table not in commands:
            raise click.UsageError(f"{path}: {_unknown('command', table, [ALL, *commands])}")
        if not isinstance(values, dict):
            raise click.UsageError(
                f"{path}: {table} is not a table. Put this option under [{ALL}]."
            )
        _take(path, table, values, commands, settings)
    for variable in sorted(variables, key=lambda name: not name.startswith(f"{PREFIX}ALL_")):
        _take_variable(variable, environ[variable], commands, settings)
    return settings


def _read(path: Path) -> dict[str, Any]:
    from models.rules_file import RuleFileError, read_toml

    try:
        content, _ = read_toml(path)
    except RuleFileError as error:
        raise click.UsageError(str(error)) from error
    return content


def _take_variable(
    variable: str, text: str, commands: Mapping[str, Mapping[str, click.Option]], settings: Settings
) -> None:
    table, _, key = variable.removeprefix(PREFIX).lower().partition("_")
    name = key.replace("_", "-")
    for command in commands if table == ALL else [table]:
        option = commands.get(command, {}).get(name)
        if option is not None:
            values = text.split(os.pathsep) if option.multiple else [text]
            for value in values:
                _check(variable, option, value)
            settings[command][str(option.name)] = values if option.multiple else text


def _options_by_command(group: click.Group) -> dict[str, dict[str, click.Option]]:
    """Options by long name, for each command that has options of its own."""
    context = click.Context(group)
    found: dict[str, dict[str, click.Option]] = {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or isinstance(command, click.Group):
            continue
        found[name] = {
            text.removeprefix("--"): option
            for option in command.params
            if isinstance(option, click.Option)
            for text in option.opts
            if text.startswith("--")
        }
    return found


def _take(
    path: Path,
    table: str,
    values: Mapping[str, Any],
    commands: Mapping[str, Mapping[str, click.Option]],
    settings: Settings,
) -> None:
    targets = list(commands) if table == ALL else [table]
    for key, value in values.items():
        name = key.replace("_", "-")
        having = [command for command in targets if name in commands[command]]
        if not having:
            known = {option for command in targets for option in commands[command]}
            raise click.UsageError(f"{path}: [{table}] {_unknown('option', key, known)}")
        for command in having:
            option = commands[command][name]
            settings[command][str(option.name)] = _checked(path, table, key, option, value)


def _checked(path: Path, table: str, key: str, option: click.Option, value: Any) -> Any:  # noqa: ANN401
    """The value of an option, with paths resolved."""
    many = isinstance(value, list)
    if many and not option.multiple:
        raise click.UsageError(f"{path}: [{table}] {key} takes one value, not a list.")
    texts = [_placed(path, option, item) for item in (value if many else [value])]
    for item in texts:
        _check(f"{path}: [{table}] {key}", option, item)
    return texts if option.multiple else texts[0]


def _check(where: str, option: click.Option, value: Any) -> None:  # noqa: ANN401
    try:
        option.type.convert(value, option, None)
    except click.BadParameter as error:
        raise click.UsageError(f"{where}: {error.message}") from error


def _placed(path: Path, option: click.Option, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(option.type, click.Path) or not isinstance(value, str) or is_remote(value):
        return value
    return str(path.parent / value)


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    from rapidfuzz import process

    nearest = [found for found, *_ in process.extract(name, sorted(known), limit=3)]
    return f"there is no {kind} {name!r}. The closest matches are {', '.join(nearest)}."

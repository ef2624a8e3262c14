"""``coopcal config``: which settings are in force and from where; with ``--state``, what must be backed up."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import click
from click.core import ParameterSource

from coopcal.cli.backup import Kept, to_back_up
from coopcal.cli.language import echo, spoken
from coopcal.cli.settings import FILE_READ, SETTINGS, Origin, Setting, secret, setting
from coopcal.cli.settings_file import SettingsFile, shown
from coopcal.cli.style import style_option
from coopcal.model.message import Message, msg
from coopcal.telling.addresses import addresses_of
from coopcal.telling.signature import signer_of

OF_EVERY_COMMAND = ("config", "root", "language")
"""Settings whose options stand before the command."""

_FLAGS = {"state": "--state-folder"}
"""Options that are called otherwise here, as ``--state`` asks for something else."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting, its value, and where that comes from: ``place`` is an option, a variable, or a file and line."""

    setting: Setting
    value: Any
    origin: Origin
    place: str

    @property
    def shown(self) -> str | int | float | bool | None:
        """The value as it may be shown: secrets, and names and passwords in addresses, are masked."""
        match self.value:
            case None:
                return None
            case bool() | int() | float() if not self.setting.is_secret:
                return self.value
            case Path():
                return str(self.value.resolve())
            case _:
                return _without_password(shown(self.setting, self.value))


def _of_command(command: click.Command) -> click.Command:
    """Give a command the options of all settings: whoever writes it in the place of another sees what holds for that one."""
    for one in SETTINGS:
        if one.name not in OF_EVERY_COMMAND and Origin.FLAG in one.origins:
            command = setting(one.name, _FLAGS.get(one.name, ""))(command)
    return command


class _Config(click.Command):
    """The command; a folder behind ``--state``, as other commands have it there, is told where it belongs."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Read the options."""
        behind = _behind_state(args)
        try:
            return super().parse_args(context, args)
        except click.UsageError:
            if behind is None:
                raise
        reason = msg(
            "here, --state asks what must be backed up; write --state-folder {folder}", folder=behind
        )
        raise click.UsageError(spoken(reason), context)


def _behind_state(args: list[str]) -> str | None:
    """Return what stands behind ``--state`` as a value."""
    for option, value in pairwise([*args, ""]):
        if option == "--state" and value and not value.startswith("-"):
            return value
        if option.startswith("--state="):
            return option.removeprefix("--state=")
    return None


@click.command(cls=cast(type[click.Command], _Config))
@click.option("--state", "backup", is_flag=True, help="Show what must be backed up.")
@style_option("How to print them; paths: those to be backed up, a line each.", "paths")
@click.pass_context
def command(context: click.Context, /, style: str, *, backup: bool, **_: object) -> None:
    """Show which settings are in force and from where, or what must be backed up.

    Exit code 0: shown; 2: a setting cannot be read.
    """
    if style == "paths" and not backup:
        raise click.UsageError(spoken(msg("--format paths goes with --state")))
    in_force = {one.setting.name: one for one in _in_force(context)}
    if backup:
        values = {name: one.value for name, one in in_force.items()}
        secrets = [
            one.place
            for one in in_force.values()
            if one.setting.is_secret and one.origin is Origin.ENVIRONMENT
        ]
        kept = to_back_up(values["root"], values["out"], values["state"], values["config"])
        _show_kept(tuple(kept), secrets, style)
        return
    _show(tuple(in_force.values()), style)


def _in_force(context: click.Context) -> Iterator[InForce]:
    """Return all settings as they hold for this run."""
    file: SettingsFile | None = context.meta.get(FILE_READ)
    for one in SETTINGS:
        where = context.find_root() if one.name in OF_EVERY_COMMAND else context
        if one.is_secret:
            yield _of_secret(one, secret(context, one.name), file)
            continue
        value = where.params.get(one.name, file.path if file and one.name == "config" else None)
        match where.get_parameter_source(one.name):
            case ParameterSource.COMMANDLINE:
                yield InForce(one, value, Origin.FLAG, _FLAGS.get(one.name, one.option))
            case ParameterSource.ENVIRONMENT:
                yield InForce(one, value, Origin.ENVIRONMENT, one.in_environment)
            case _ if file and one.name in file.values:
                yield InForce(one, value, Origin.FILE, f"{file.path}:{file.lines[one.name]}")
            case _:
                yield InForce(one, value, Origin.DEFAULT, "")


def _of_secret(one: Setting, value: str | None, file: SettingsFile | None) -> InForce:
    if value is None:
        return InForce(one, None, Origin.DEFAULT, "")
    if os.environ.get(one.in_environment):
        return InForce(one, value, Origin.ENVIRONMENT, one.in_environment)
    assert file is not None, "it stands nowhere else"
    return InForce(one, value, Origin.FILE, f"{file.path}:{file.lines[one.name]}")


def _show(in_force: tuple[InForce, ...], style: str) -> None:
    if style == "json":
        told = [
            {
                "name": one.setting.name,
                "value": one.shown,
                "from": one.origin.value,
                "place": one.place or None,
                "option": one.setting.option if Origin.FLAG in one.setting.origins else None,
                "variable": one.setting.in_environment,
            }
            for one in in_force
        ]
        _print_json({"settings": told})
        return
    names = max(len(one.setting.name) for one in in_force)
    values = {
        one.setting.name: spoken(one.setting.usually) if one.shown is None else _written(one.shown)
        for one in in_force
    }
    width = min(max(map(len, values.values())), 40)
    for one in in_force:
        place = one.place or spoken(msg("as usual"))
        name, value = one.setting.name, values[one.setting.name]
        click.echo(f"{name:{names}}  {value:{width}}  {place}")
        click.echo(f"{'':{names}}  {spoken(one.setting.sentence)}")
    for one in in_force:
        if one.value and (says := _WRONG.get(one.setting.name)) and (wrong := says(one.value)):
            echo(
                msg(
                    "coopcal: nobody is told of changes (notify): {variable}: {reason}",
                    variable=one.place,
                    reason=wrong,
                ),
                err=True,
            )
    for name, near in _mistyped(os.environ):
        echo(msg("{name} is no setting; did you mean {near}?", name=name, near=near), err=True)


def _wrong_secret(value: str) -> Message | None:
    signer = signer_of(value)
    return signer if isinstance(signer, Message) else None


def _wrong_addresses(value: str) -> Message | None:
    addresses = addresses_of(value)
    return addresses if isinstance(addresses, Message) else None


_WRONG = {"notify_secret": _wrong_secret, "notify_addresses": _wrong_addresses}
"""What says of a setting that nobody is told by it, and why."""


def _written(value: object) -> str:
    """Return a value as it is written in the environment and as usual values are."""
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _mistyped(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return variables that set nothing and are called almost like one that does, each with that one."""
    known = [one.in_environment for one in SETTINGS]
    for name in sorted(environment):
        if (
            name.startswith("COOPCAL")
            and name not in known
            and (near := get_close_matches(name, known, 1, 0.85))
        ):
            yield name, near[0]


def _show_kept(kept: tuple[Kept, ...], secrets: list[str], style: str) -> None:
    if style == "paths":
        there = [one.path for one in kept if one.path.exists()]
        for path in there:
            if not any(path != other and path.is_relative_to(other) for other in there):
                click.echo(path)
        return
    if style == "json":
        told = [
            {
                "what": one.what,
                "path": str(one.path),
                "there": one.path.exists(),
                "without": list(one.without),
            }
            for one in kept
        ]
        _print_json({"backup": told, "variables": secrets})
        return
    for one in kept:
        absent = "" if one.path.exists() else f"  ({spoken(msg('not there'))})"
        click.echo(f"{one.path}{absent}")
        click.echo(f"    {spoken(one.sentence)}")
    for name in secrets:
        click.echo(f"${name}")
        click.echo(
            f"    {spoken(msg('A secret that stands in the environment alone: keep it where secrets are kept.'))}"
        )


def _print_json(told: object) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _without_password(text: str) -> str:
    """Return an address without the name and the password in it; any other text as it is."""
    address = urlsplit(text) if "://" in text and "@" in text else None
    if address is None or "@" not in address.netloc:
        return text
    return urlunsplit(address._replace(netloc=f"***@{address.netloc.rpartition('@')[2]}"))


command = _of_command(command)

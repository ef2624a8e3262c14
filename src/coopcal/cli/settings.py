"""What operators set: one table, from which options, environment variables and keys of the settings file are made.

An option decides, then the environment, then the file, then what is usual.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from coopcal.cli.setting_kinds import Language, Networks, Ports, Secret
from coopcal.model.message import Message, msg

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Origin(StrEnum):
    """Where the value of a setting may come from, the strongest first."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


BY_OPERATORS = frozenset({Origin.FLAG, Origin.ENVIRONMENT})
EVERYWHERE = frozenset({Origin.FLAG, Origin.ENVIRONMENT, Origin.FILE})


FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


FORMS = ("text", "json")
"""Forms of the log of requests."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name in the settings file, of which option and variable are named; its type, usual value and sentence.

    A switch is an option without a value. ``usually`` says in words what holds where nothing is set and no single value can tell it.
    """

    name: str
    kind: click.ParamType[Any]
    sentence: Message
    default: Any = None
    usually: str = ""
    flag: str = ""
    variable: str = ""
    origins: frozenset[Origin] = EVERYWHERE
    is_secret: bool = False
    is_switch: bool = False

    @property
    def option(self) -> str:
        """The option of commands that set it."""
        return self.flag or f"--{self.name.replace('_', '-')}"

    @property
    def in_environment(self) -> str:
        """The variable of the environment that sets it."""
        return self.variable or f"COOPCAL_{self.name.upper()}"


SETTINGS = (
    Setting(
        "config",
        FILE,
        msg("The file with settings (TOML)."),
        usually=msg("none"),
        origins=frozenset({Origin.FLAG, Origin.ENVIRONMENT}),
    ),
    Setting(
        "root",
        click.Path(exists=True, file_okay=False, path_type=Path),
        msg("The folder that holds coopcal.yaml."),
        default=Path(),
        usually=msg("this one"),
    ),
    Setting(
        "language",
        Language(),
        msg("The language to speak: en, fr, es, it, pt or de."),
        usually=msg("the terminal's, else the site's"),
    ),
    Setting("host", click.STRING, msg("The address to listen on."), default="127.0.0.1"),
    Setting("port", click.IntRange(1, 65535), msg("The port to listen on."), default=8000),
    Setting("threads", click.IntRange(1, 64), msg("Threads that answer."), default=4),
    Setting("out", FOLDER, msg("Where the site is."), usually="_site", variable="COOPCAL_SITE"),
    Setting(
        "state",
        FOLDER,
        msg("The folder for what a server keeps beside the site."),
        usually=msg("nothing is kept"),
    ),
    Setting(
        "counting",
        click.BOOL,
        msg("Whether it is counted there which programs fetch feeds, and how often."),
        default=True,
        usually=msg("yes"),
    ),
    Setting(
        "log",
        click.Choice(FORMS),
        msg("A log of requests, a line each, without secrets: text or json."),
        usually=msg("none"),
    ),
    Setting(
        "log_clients",
        click.BOOL,
        msg("Whether that log tells the addresses of those who ask."),
        default=False,
        usually=msg("no"),
    ),
    Setting(
        "metrics_token",
        click.STRING,
        msg("What opens /metrics, as “Authorization: Bearer …”."),
        usually=msg("nothing does"),
        origins=frozenset({Origin.ENVIRONMENT}),
        is_secret=True,
    ),
    Setting(
        "fetch_every",
        click.FloatRange(0, 168),
        msg("Hours after which feeds of others are fetched again, more or less; 0 for never."),
        default=3.0,
    ),
    Setting(
        "allow_network",
        Networks(),
        msg("Networks of yours that may be asked beside the public internet: 10.0.0.0/8,fd00::/8."),
        usually=msg("none"),
        origins=BY_OPERATORS,
    ),
    Setting(
        "allow_port",
        Ports(),
        msg("Ports that may be asked beside 80 and 443: 8080,8443."),
        usually=msg("none"),
        origins=BY_OPERATORS,
    ),
    Setting(
        "notify_secret",
        click.STRING,
        msg("The secret that signs what receivers are told of changes (notify), in base64."),
        usually=msg("nobody is told"),
        origins=frozenset({Origin.ENVIRONMENT, Origin.FILE}),
        is_secret=True,
    ),
    Setting(
        "notify_addresses",
        click.STRING,
        msg(
            "The addresses of receivers that coopcal.yaml has names for (notify): board=https://… news=https://…"
        ),
        usually=msg("none"),
        origins=frozenset({Origin.ENVIRONMENT, Origin.FILE}),
        is_secret=True,
    ),
    Setting(
        "bucket",
        click.STRING,
        msg("Serve what is published in a bucket (s3://…); nothing is compiled, and no sources are needed."),
        usually=msg("none"),
        flag="--site",
    ),
    Setting(
        "every",
        click.FloatRange(1, 86_400),
        msg("Seconds after which it is looked again what is published there."),
        default=10.0,
    ),
    Setting(
        "no_compile",
        click.BOOL,
        msg("Serve what another program compiles into the site, and compile nothing."),
        default=False,
        is_switch=True,
    ),
    Setting(
        "proxies",
        click.IntRange(0, 10),
        msg("How many proxies of one's own stand in front, so that what they say of a visitor is believed."),
        default=0,
    ),
    Setting(
        "remote",
        click.STRING,
        msg("The repository that coopcal rebuild fetches (https://… or ssh)."),
        usually=msg("none"),
    ),
    Setting("branch", click.STRING, msg("The branch of it."), default="main"),
    Setting(
        "hook_secret",
        Secret(),
        msg(
            "The secret with which a forge signs calls of /hooks/rebuild; without it there is no such address."
        ),
        usually=msg("none"),
        origins=frozenset({Origin.ENVIRONMENT, Origin.FILE}),
        is_secret=True,
    ),
)
"""All settings. What a single run is about (``--now``, ``--first``, ``--watch``) is none."""

BY_NAME = {one.name: one for one in SETTINGS}

FILE_READ = "coopcal.settings"
"""Where the context of a run carries what the settings file says."""


class _Option(click.Option):
    """An option that the settings file may give another value than the usual one."""

    def get_default(self, context: click.Context, call: bool = True) -> Any:  # noqa: FBT001, FBT002 - as click calls it
        """Return what holds where neither the option nor its variable is given."""
        file = context.meta.get(FILE_READ)
        return (
            file.values[self.name]
            if file and self.name in file.values
            else super().get_default(context, call)
        )


def setting(name: str, flag: str = "", **options: Any) -> Callable[[Decorated], Decorated]:
    """Return the option of a command that sets something, named for the setting or as the ``flag`` says; ``options`` are those of click."""
    one = BY_NAME[name]
    usually = one.usually or ("" if one.default is None or one.is_switch else one.default)
    shown = f"  [default: {usually}]" if usually != "" else ""
    told = {
        "cls": _Option,
        "type": one.kind,
        "default": one.default,
        "envvar": one.in_environment,
        "show_envvar": True,
        "show_default": False,
        "metavar": _metavar(one.kind),
        "help": f"{one.sentence}{shown}",
        "is_flag": one.is_switch,
    }
    return click.option(flag or one.option, name, **{**told, **options})


def _metavar(kind: click.ParamType[Any]) -> str | None:
    """Return what stands for the value of an option, where click has no word for people."""
    if isinstance(kind, click.Path) and not kind.file_okay:
        return "FOLDER"
    return "N" if isinstance(kind, click.IntRange | click.FloatRange) else None


def secret(context: click.Context, name: str) -> str | None:
    """Return a secret, of the environment or of the settings file: an option would be seen by all on a machine."""
    one, file = BY_NAME[name], context.meta.get(FILE_READ)
    told = os.environ.get(one.in_environment) or (file.values.get(name) if file else None)
    try:
        return str(one.kind.convert(told, None, context)) if told else None
    except click.BadParameter as error:
        raise click.BadParameter(error.message, context, param_hint=one.in_environment) from None

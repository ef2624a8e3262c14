"""The options of ``coopcal token``, whose values are such as can be written into the file of tokens, and read from it."""

import re
from datetime import date

import click

from coopcal.cli.language import spoken
from coopcal.definitions.source.files import CONTROL
from coopcal.definitions.when.parts import EARLIEST, LATEST
from coopcal.model.message import Number, msg
from coopcal.model.text_direction import closed

LONGEST_LABEL = 100
"""Characters that the label of a new token has at most."""

_OF_A_HASH = re.compile(r"[0-9A-Fa-f]{1,64}")
_BREAKS = re.compile(r"[\t\r\n]")


class Day(click.ParamType[date]):
    """A day, ``2026-03-14``, of those that the file may hold."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> date:
        """Read the option."""
        try:
            day = value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(
                spoken(msg("{said} is no day; write it as 2026-03-14", said=repr(value))), param, context
            )
        if not EARLIEST <= day.year <= LATEST:
            outside = msg(
                "The year {year:04} lies outside {earliest} to {latest}",
                year=day.year,
                earliest=EARLIEST,
                latest=LATEST,
            )
            self.fail(spoken(outside), param, context)
        return day


class NewLabel(click.ParamType[str]):
    """The label of a token that is made: it says something, on one line, in characters that can be written."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> str:
        """Read the option, as the file of tokens is read."""
        text = _read(value)
        if why := _unfit(text):
            self.fail(spoken(why), param, context)
        return text


def _read(value: object) -> str:
    """Return a label as the file of tokens is read: without blanks around it, nor around what nobody sees at its end."""
    return closed(str(value).strip()).strip()


def _unfit(label: str) -> str | None:
    """Return why a label cannot be written, None where it can."""
    if not label:
        return msg("a label has to say something; leave --label out where there is none")
    if "@" in label:
        return msg(
            "this label looks like an address for mail, which is personal data: write what it is for, such as “treasurer”"
        )
    if len(label) > LONGEST_LABEL:
        return msg(
            "this label has {count} characters; write {longest} at most",
            count=Number(len(label)),
            longest=Number(LONGEST_LABEL),
        )
    if _BREAKS.search(label) or CONTROL.search(label) or any("\ud800" <= one <= "\udfff" for one in label):
        return msg("a label stands on one line, without characters that nobody sees or that are none")
    return None


class Label(click.ParamType[str]):
    """The label of a token that there is."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> str:
        """Read the option, as the file of tokens is read."""
        del param, context
        return _read(value)


class HashPrefix(click.ParamType[str]):
    """How a hash begins: some of its digits."""

    name = "prefix"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> str:
        """Read the option."""
        if not _OF_A_HASH.fullmatch(str(value)):
            self.fail(
                spoken(msg("{said} begins no hash; “coopcal token list” shows them", said=repr(value))),
                param,
                context,
            )
        return str(value)


_LABEL = "Whose it is, in a word or two."
label_option = click.option("--label", type=Label(), metavar="TEXT", help=_LABEL)
new_label_option = click.option("--label", type=NewLabel(), metavar="TEXT", help=_LABEL)
expires_option = click.option("--expires", type=Day(), help="The last day on which it opens the feed.")
hash_option = click.option(
    "--hash", "digest", type=HashPrefix(), metavar="PREFIX", help="How its hash begins, as listed."
)

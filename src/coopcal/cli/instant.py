"""The instant of a command: ``--now``, else SOURCE_DATE_EPOCH, else the clock, read once."""

import os
from datetime import UTC, datetime

import click

from coopcal.cli.language import spoken
from coopcal.model.message import msg


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant with a zone, such as ``2026-06-01T12:00:00Z``; a day is its midnight in UTC."""

    name = "instant"

    def convert(
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> datetime:
        """Read the option."""
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(str(value))
        except ValueError:
            wrong = msg("{said} is no instant; write it as 2026-06-01T12:00:00Z", said=repr(value))
            self.fail(spoken(wrong), param, context)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def usual_now() -> datetime:
    """Return SOURCE_DATE_EPOCH (seconds since 1970, UTC) where it is set, else the time on the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        wrong = msg("SOURCE_DATE_EPOCH is no number of seconds: {said}", said=repr(epoch))
        raise click.UsageError(spoken(wrong)) from error


now_option = click.option(
    "--now",
    type=Instant(),
    default=usual_now,
    help="Do as if it were this instant, such as 2026-06-01T12:00:00Z.  [default: SOURCE_DATE_EPOCH, else the clock]",
)

"""Former ids that stand for something else: each leads to one thing, for ever."""

from collections.abc import Mapping, Sequence

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.happening import Happening
from coopcal.model.ids import ALL
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems

FORMER_ID_IN_USE = Code("former-id-in-use", "A former id stands for nothing else.")


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """A former id of an organisation or feed is in use nowhere, and no other has it."""
    holders = (*overview.catalogue.addressed(), *overview.catalogue.private_feeds)
    in_use = {holder.id: holder.position for holder in reversed(holders)}
    in_use.setdefault(ALL, overview.catalogue.settings.position)
    claimed: dict[str, tuple[str, Position]] = {}
    for one in holders:
        for reference in one.formerly:
            owner, first = claimed.setdefault(reference.id, (one.id, reference.position))
            if reference.id == one.id:
                message = msg("“{id}” is its id now, so it cannot be a former one", id=one.id)
                problems.tell(reference.position, FORMER_ID_IN_USE, message, msg("take it out"))
            elif reference.id in in_use:
                message = msg(
                    "“{id}” cannot be a former id, as {path} has it now",
                    id=reference.id,
                    path=in_use[reference.id].path,
                )
                problems.tell(
                    reference.position,
                    FORMER_ID_IN_USE,
                    message,
                    msg("take it out, or rename the other file"),
                )
            elif owner != one.id:
                message = msg(
                    "“{id}” is a former id of “{owner}” already ({path}, line {line})",
                    id=reference.id,
                    owner=owner,
                    path=first.path,
                    line=first.line,
                )
                problems.tell(reference.position, FORMER_ID_IN_USE, message, msg("keep it in one of the two"))


def check(view: View, problems: Problems) -> None:
    """A former id of an event, or of a session, is in use nowhere beside it, and no other has it."""
    for one in view.batch:
        _beside_each_other(one.events, problems)
        for event in one.events:
            _beside_each_other(event.details.sessions, problems)


def _beside_each_other(events: Sequence[Happening], problems: Problems) -> None:
    in_use = {event.path[-1]: event for event in events}
    claimed: dict[str, Happening] = {}
    for event in events:
        for former in event.former_ids:
            other = in_use.get(former) or claimed.setdefault(former, event)
            if other is event and former != event.path[-1]:
                continue
            where = msg(
                "{path}, line {line}", path=other.details.position.path, line=other.details.position.line
            )
            if other is event:
                message, mend = (
                    msg("“{former}” is its id now, so it cannot be a former one", former=former),
                    msg("take it out of “formerly”"),
                )
            elif former in in_use:
                message = msg(
                    "“{former}” cannot be a former id, as another event has it now ({where})",
                    former=former,
                    where=where,
                )
                mend = msg("take it out of “formerly”, or rename the other event")
            else:
                message = msg(
                    "“{former}” is a former id of “{other}” already ({where})",
                    former=former,
                    other=other.path[-1],
                    where=where,
                )
                mend = msg("keep it in one of the two")
            problems.tell(event.details.position, FORMER_ID_IN_USE, message, mend)


RULE = WideRule((FORMER_ID_IN_USE,), conclude, check=check)

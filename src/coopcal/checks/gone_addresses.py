"""Addresses of organisations and feeds that were published and are gone, and what to write so that they go on."""

from coopcal.checks.overview import Overview
from coopcal.model.feed import Feed
from coopcal.model.message import Message, msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Fix, Position, Problem, Proposal


def renamed(
    identifier: str, one: Organisation | Feed, code: Code, message: Message, *, is_certain: bool
) -> Problem:
    """Tell of a file that was renamed, where it is now; the line is put in by itself where there is no doubt."""
    path = one.position.path
    line = f"formerly: [{', '.join((*(reference.id for reference in one.formerly), identifier))}]"
    at = (one.key_place("name") if isinstance(one, Organisation) else None) or Position(path)
    fix = Fix(Position(path, at.line, 1, 1), f"{line}\n") if is_certain and not one.formerly else None
    mend = msg(
        "{line}   (a line of its own in {path}, so that its addresses go on; or call it “{old}” again)",
        line=line,
        path=path,
        old=identifier,
    )
    return Problem.of(
        at, code, message, mend, fix=fix, proposals=(Proposal(path, None, "formerly", identifier),)
    )


def lines_to_write(path: str, first: str, identifier: str, renamed: str | None, overview: Overview) -> str:
    """Return the file to write again, and the line to add where it was renamed."""
    closed = f"closed: {{on: {overview.today}, see: another-feed}}"
    if renamed:
        return msg(
            "write {path} again with {first} and “{closed}”; or, if it was renamed, “formerly: [{id}]” in “{renamed}”",
            path=path,
            first=first,
            closed=closed,
            id=identifier,
            renamed=renamed,
        )
    return msg(
        "write {path} again with {first} and “{closed}”; or, if it was renamed, “formerly: [{id}]” in the one that took its place",
        path=path,
        first=first,
        closed=closed,
        id=identifier,
    )

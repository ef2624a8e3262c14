"""Ids of organisations and feeds, which share one set and are never used again."""

from collections.abc import Sequence
from pathlib import Path

from coopcal.cli.new.asker import Trial
from coopcal.cli.new.writing import Site
from coopcal.model.ids import LONGEST_ID, RESERVED, is_id, proposed_id
from coopcal.model.message import msg


def free(root: Path, site: Site) -> Trial:
    """Return what tells whether an id is free for a new organisation or feed."""
    published = site.checked.published
    there = (*site.catalogue.addressed(), *site.catalogue.private_feeds)
    former = {reference.id for one in there for reference in one.formerly}
    before = (set(published.organisations) | set(published.feeds)) if published else set()

    def trial(proposed: str) -> list[str]:
        if not is_id(proposed):
            return no_id(proposed)
        if proposed in RESERVED:
            return [msg("“{id}” is kept for coopcal's own addresses, or for Windows.", id=proposed)]
        for path in (f"calendars/{proposed}.yaml", f"calendars/{proposed}", f"feeds/{proposed}.yaml"):
            if (root / path).exists():
                return [msg("“{id}” is taken: there is {path}.", id=proposed, path=path)]
        if proposed in former or proposed in before:
            return [msg("“{id}” was published before, and an id is never used again.", id=proposed)]
        return []

    return trial


def no_id(answer: str) -> list[str]:
    """Say how ids are written, and make one of what was said."""
    return [
        msg(
            "An id is of lower-case letters a to z, digits and single hyphens, at most {count}.",
            count=LONGEST_ID,
        ),
        msg("mend: {mend}", mend=proposed_id(answer) or "an-id"),
    ]


def no_such(answer: str, known: Sequence[str]) -> str:
    """Say that there is no organisation of that id, and which there are."""
    return msg("There is no organisation “{id}”; there are: {known}.", id=answer, known=", ".join(known))

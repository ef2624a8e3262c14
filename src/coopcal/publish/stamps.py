"""Stamps that subscribers have seen are never taken back: what is to be published is held against what is."""

from collections.abc import Iterator

from coopcal.model.message import listed, plural
from coopcal.model.published import Published, PublishedEntry
from coopcal.site.layout import SiteError
from coopcal.site.memory import of_json

NAMED = 3
"""UIDs that are named at the most."""


def refuse_taken_back(before: bytes, after: bytes) -> None:
    """Raise SiteError where a ``site.json`` takes a stamp back that another one, published before, has given."""
    uids = list(taken_back(of_json(before), of_json(after)))
    if uids:
        raise SiteError(
            plural(
                "{count} entry ({uids}) has an older stamp than what is published there: subscribers would not see what changed; "
                "compile with the site that is published there as the site before",
                "{count} entries ({uids}) have older stamps than what is published there: subscribers would not see what changed; "
                "compile with the site that is published there as the site before",
                len(uids),
                uids=listed([*uids[:NAMED], *(["…"] if len(uids) > NAMED else [])]),
            )
        )


def is_behind(site: bytes, other: bytes) -> bool:
    """Return whether a ``site.json`` does not know all that another one has published, or has older stamps of it."""
    own, known = of_json(site), of_json(other)
    return not known.events.keys() <= own.events.keys() or any(taken_back(known, own))


def taken_back(before: Published, after: Published) -> Iterator[str]:
    """Return the UIDs that have a rendering with a lower stamp than before, or with the same one for other content."""
    for uid, entry in before.events.items():
        now = after.events.get(uid)
        if now is not None and _is_taken_back(entry, now):
            yield uid


def _is_taken_back(before: PublishedEntry, after: PublishedEntry) -> bool:
    for rendering, stamp in before.stamps.items():
        now = after.stamps.get(rendering)
        if now is None or now == stamp:
            continue
        if now.modified < stamp.modified or (now.modified == stamp.modified and now.digest != stamp.digest):
            return True
    return False

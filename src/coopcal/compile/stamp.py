"""Stamps: when the rendered bytes of an event or a feed last changed. They never go backwards."""

from datetime import UTC, datetime, timedelta

from coopcal.model.published import PublishedEntry, Stamp


def stamp(digest: str, rendering: str, published: PublishedEntry | None, now: datetime) -> Stamp:
    """Stamp one rendering of an event whose bytes, without stamps, have that digest, ``now`` (UTC, whole seconds).

    As stored where the digest is the stored one; else the later of the stored stamp and one second, and the
    instant. A rendering new to a known UID starts from that UID's highest stamp.
    """
    if published is None or not published.stamps:
        return Stamp(now, digest)
    stored = published.stamps.get(rendering)
    if stored is None:
        return Stamp(max(known.modified for known in published.stamps.values()), digest)
    return restamp(digest, stored, now)


def restamp(digest: str, stored: Stamp | None, now: datetime) -> Stamp:
    """Stamp bytes with that digest, given the stamp stored for what stood there before."""
    instant = now.astimezone(UTC).replace(microsecond=0)
    if stored is None:
        return Stamp(instant, digest)
    if stored.digest == digest:
        return stored
    return Stamp(max(stored.modified + timedelta(seconds=1), instant), digest)

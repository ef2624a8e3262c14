"""The private part of a version: feeds that stand at secret addresses alone, and what they showed, for the next compile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coopcal.model.published import Published
from coopcal.site import layout, seal
from coopcal.site.codec import Codec, objects
from coopcal.site.layout import SiteError
from coopcal.site.memory import MEMORY

INDEX = "feeds.json"


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a subscriber of an address that was replaced is told, in one language: a title, and what to do."""

    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class PrivateCalendar:
    """A private feed in a language that its address names, None for its own: the short digest of its body, and when that changed."""

    translation: str | None
    digest: str
    modified: datetime
    rotated: Rotated


@dataclass(frozen=True, slots=True)
class PrivateFeed:
    """A private feed: its id, its former ids, and its calendars. ``gone``: closed for so long that it shows nothing any more.

    ``compressed``: it is sent so to whoever asks for that, as nothing in it is written by others. ``rotated_uid`` is that of the event which stands at an address that was replaced, ``title`` the name of the calendar.
    """

    id: str
    former: tuple[str, ...]
    title: str
    calendars: tuple[PrivateCalendar, ...]
    rotated_uid: str
    gone: bool = False
    compressed: bool = False

    def calendar(self, translation: str | None) -> PrivateCalendar | None:
        """Return the calendar at an address that names a language, or none."""
        return next((one for one in self.calendars if one.translation == translation), None)


_CODEC = Codec(objects(PrivateFeed, PrivateCalendar, Rotated))


def files_of(
    feeds: Sequence[PrivateFeed], bodies: Mapping[str, bytes], memory: Mapping[str, Published]
) -> dict[str, bytes]:
    """Return the files of private feeds by name; ``bodies`` are those of calendars by digest, ``memory`` by the id of a feed."""
    if not feeds and not memory:
        return {}
    index = _CODEC.dumps(tuple[PrivateFeed, ...], tuple(feeds))
    remembered = {f"{feed}.json": MEMORY.dumps(Published, shown) for feed, shown in memory.items()}
    return {INDEX: index, **remembered, **{f"{digest}.ics": body for digest, body in bodies.items()}}


def private_feeds(version: Path) -> Mapping[str, PrivateFeed]:
    """Return the private feeds of a version by each id that they have or had; raise SiteError where they cannot be read."""
    try:
        content = (_folder(version) / INDEX).read_bytes()
        feeds = _CODEC.loads(tuple[PrivateFeed, ...], content)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SiteError(f"{INDEX}: {type(error).__name__}") from error
    former = {name: feed for feed in feeds for name in feed.former}
    return former | {feed.id: feed for feed in feeds}


def private_titles(out: Path) -> Mapping[str, str]:
    """Return the titles of the private feeds of the site in a folder by id, without those that ended long ago; nothing where they cannot be read."""
    try:
        feeds = private_feeds(layout.current_version(out))
    except SiteError:
        return {}
    return {feed.id: feed.title for feed in feeds.values() if not feed.gone}


def body_of(version: Path, calendar: PrivateCalendar) -> bytes:
    """Return the body of a calendar; raise SiteError where it is not what was written."""
    try:
        content = (_folder(version) / f"{calendar.digest}.ics").read_bytes()
    except OSError as error:
        raise SiteError(f"{calendar.digest}.ics: {type(error).__name__}") from error
    if seal.short_digest(content) != calendar.digest:
        raise SiteError(f"{calendar.digest}.ics is not what was written")
    return content


def private_memory(out: Path) -> Mapping[str, Published]:
    """Return what the private feeds of the site in a folder showed, by id: nothing where there are none, or they are damaged.

    Stamps that are lost that way begin anew at the instant of the compile, which is later than all of them.
    """
    try:
        version = layout.current_version(out)
        seal.check_kept(version)
        names = sorted(path for path in _folder(version).glob("*.json") if path.name != INDEX)
        return {path.stem: MEMORY.loads(Published, path.read_bytes()) for path in names}
    except (SiteError, OSError, ValueError, TypeError, KeyError):
        return {}


def _folder(version: Path) -> Path:
    return version / layout.PRIVATE / layout.PRIVATE_FEEDS

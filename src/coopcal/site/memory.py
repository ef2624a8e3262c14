"""``site.json``: what was published, for the next compile and for machines; no private word."""

from datetime import UTC, date, datetime
from typing import Any

from coopcal.model.message import msg
from coopcal.model.published import Published, PublishedEvent, Stamp
from coopcal.site.change_values import entry_as_json, entry_of_json, facts_as_json, facts_of_json
from coopcal.site.codec import as_json, from_json
from coopcal.site.layout import FORMAT, SiteError
from coopcal.site.stored import STORED


def instant(value: datetime) -> str:
    """Write an instant as ISO 8601 in UTC."""
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def to_json(published: Published, good_until: datetime | None) -> bytes:
    """Write what was published; the same memory gives the same bytes."""
    document = {
        "format": FORMAT,
        "uid_domain": published.uid_domain,
        "compiled_at": instant(published.compiled_at),
        "good_until": instant(good_until) if good_until else None,
        "organisations": sorted(published.organisations),
        "removed": sorted(published.removed),
        "feeds": {key: _stamp(stamp) for key, stamp in sorted(published.feeds.items())},
        "archives": {
            f"{feed}/{year}": _stamp(stamp) for (feed, year), stamp in sorted(published.archives.items())
        },
        "translations": {
            f"{feed}/{language}": _stamp(stamp)
            for (feed, language), stamp in sorted(published.translations.items())
        },
        "events": {
            uid: {
                "key": event.key,
                "first": event.first.isoformat(),
                "last": event.last.isoformat(),
                "stamps": {key: _stamp(stamp) for key, stamp in sorted(event.stamps.items())},
            }
            for uid, event in sorted(published.events.items())
        },
        "changes": {
            f"{feed}/{language}": _stamp(stamp)
            for (feed, language), stamp in sorted(published.changes.items())
        },
        "log": [entry_as_json(entry) for entry in published.log],
        "facts": facts_as_json(published.facts) if published.facts else None,
    }
    return as_json(document)


def of_json(content: bytes) -> Published:
    """Read what ``to_json`` wrote; raise SiteError for anything else."""
    try:
        document = from_json(content)
        if document["format"] != FORMAT:
            raise SiteError(
                msg(
                    "its format is {written}, and this coopcal reads format {format}",
                    written=document["format"],
                    format=FORMAT,
                )
            )
        return Published(
            uid_domain=str(document["uid_domain"]),
            compiled_at=STORED.read(datetime, document["compiled_at"]),
            events={
                uid: PublishedEvent(
                    key=str(event["key"]),
                    first=date.fromisoformat(event["first"]),
                    last=date.fromisoformat(event["last"]),
                    stamps={key: _of_stamp(stamp) for key, stamp in event["stamps"].items()},
                )
                for uid, event in document["events"].items()
            },
            feeds={key: _of_stamp(stamp) for key, stamp in document["feeds"].items()},
            archives={_of_archive(key): _of_stamp(stamp) for key, stamp in document["archives"].items()},
            translations={
                _of_translation(key): _of_stamp(stamp)
                for key, stamp in document.get("translations", {}).items()
            },
            organisations=frozenset(STORED.read(tuple[str, ...], document["organisations"])),
            removed=frozenset(STORED.read(tuple[str, ...], document["removed"])),
            facts=facts_of_json(document["facts"]) if document.get("facts") else None,
            log=tuple(entry_of_json(entry) for entry in document.get("log", ())),
            changes={
                _of_translation(key): _of_stamp(stamp) for key, stamp in document.get("changes", {}).items()
            },
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise SiteError(msg("its site.json is damaged ({error})", error=error)) from error


def _stamp(stamp: Stamp) -> list[str]:
    return [instant(stamp.modified), stamp.digest]


def _of_archive(key: str) -> tuple[str, int]:
    feed, year = key.split("/")
    return feed, int(year)


def _of_translation(key: str) -> tuple[str, str]:
    feed, language = key.split("/")
    return feed, language


def _of_stamp(stamp: list[Any]) -> Stamp:
    modified, digest = stamp
    return Stamp(STORED.read(datetime, modified), str(digest))

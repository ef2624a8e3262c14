"""What a site tells of its changes: the log, and what organisations and feeds are called in it. No event is read for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coopcal.model.change import LogEntry
from coopcal.model.facts import NamedFacts
from coopcal.model.message import msg
from coopcal.model.refusal import refusal
from coopcal.site import layout
from coopcal.site.codec import from_json
from coopcal.site.layout import NoSite, SiteError, current_version
from coopcal.site.memory import MEMORY
from coopcal.site.seal import read_sealed

_ATTEMPTS = 5
"""How often it is read anew where the version was swept away meanwhile."""


@dataclass(frozen=True, slots=True)
class Told:
    """The log of changes, newest first, and the facts of organisations and feeds by id."""

    log: tuple[LogEntry, ...]
    organisations: Mapping[str, NamedFacts]
    feeds: Mapping[str, NamedFacts]


def read_told(out: Path) -> Told | None:
    """Read what the site in a folder tells; None where there is none. Raise SiteError where it cannot be read."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            frame = from_json(read_sealed(current_version(out))[layout.SITE])
            return _told(frame)
        except NoSite:
            return None
        except FileNotFoundError as error:
            if attempt == _ATTEMPTS:
                raise _unreadable(out, refusal(error)) from error
        except OSError as error:
            raise _unreadable(out, refusal(error)) from error
        except (ValueError, TypeError, KeyError) as error:
            raise _unreadable(out, str(error)) from error
    return None


def _told(frame: Any) -> Told:
    facts, named = frame.get("facts", {}), MEMORY.form(Mapping[str, NamedFacts])
    log = MEMORY.read(tuple[LogEntry, ...], frame.get("log", []))
    return Told(log, named.read(facts.get("organisations", {})), named.read(facts.get("feeds", {})))


def _unreadable(out: Path, reason: str) -> SiteError:
    return SiteError(msg("the site in {out} cannot be read ({reason})", out=out, reason=reason))

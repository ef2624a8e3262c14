"""The site compiled before: from the local folder, another folder, or the web."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from coopcal.compile.codes import NO_PREVIOUS_SITE, OLDER_SITE
from coopcal.compile.examine import FindPublished, Found
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problem, Severity
from coopcal.model.published import Published
from coopcal.model.refusal import refusal
from coopcal.model.site import Catalogue
from coopcal.site.layout import CURRENT, VERSIONS, NoSite, SiteError, current_version, has_versions
from coopcal.site.memory import of_json
from coopcal.site.private import private_titles
from coopcal.site.seal import read_memory, read_unsealed
from coopcal.text.late import late


class NoSiteJsonError(SiteError):
    """A server says that it has no ``site.json``."""


def local(out: Path) -> Published | None:
    """Read what the site in a folder has published; None when no site was ever compiled there."""
    return Memory().local(out)


def named(where: str) -> Published:
    """Read the previous site from a folder (compiled, or published as files) or an http address."""
    if where.startswith(("http://", "https://")):
        return of_json(late("compile.previous_web", "fetched")(where))
    folder = Path(where)
    try:
        if (folder / CURRENT).exists():
            return of_json(_bytes_of(current_version(folder)))
        return of_json(read_unsealed(folder))
    except OSError as error:
        raise SiteError(
            msg("{where} cannot be read ({reason})", where=where, reason=refusal(error))
        ) from error
    except (ValueError, TypeError, KeyError) as error:
        raise SiteError(msg("its site.json is damaged ({error})", error=error)) from error


class Memory:
    """Sites published before, as they were read: a local one until another version stands there, one on the web for good.

    What could not be read on the web is not asked for again, so that no save of a preview waits for it.
    """

    def __init__(self) -> None:
        self._local: tuple[Path, Published] | None = None
        self._named: dict[str, Published] = {}
        self._unreadable: dict[str, tuple[type[SiteError], tuple[object, ...]]] = {}

    def local(self, out: Path) -> Published | None:
        """Read what the site in a folder has published; None when no site was ever compiled there."""
        try:
            version = current_version(out)
        except NoSite as error:
            if has_versions(out):
                raise SiteError(*error.args) from error
            return None
        if self._local is None or self._local[0] != version:
            self._local = version, of_json(_bytes_of(version))
        return self._local[1]

    def named(self, where: str) -> Published:
        """Read a site as ``named`` does, once."""
        if where in self._unreadable:
            kind, told = self._unreadable[where]
            raise kind(*told)
        if where not in self._named:
            try:
                self._named[where] = named(where)
            except SiteError as error:
                self._unreadable[where] = type(error), error.args
                raise
        return self._named[where]


def newest_whole(out: Path) -> Published | None:
    """Return what the newest version that is whole has published, whatever is said to be served; None where none is."""
    sites = []
    for version in (out / VERSIONS).glob("*"):
        with suppress(SiteError):
            sites.append(of_json(_bytes_of(version)))
    return max(sites, key=lambda site: site.compiled_at, default=None)


def _bytes_of(version: Path) -> bytes:
    out = version.parent.parent
    try:
        return read_memory(version)
    except OSError as error:
        raise SiteError(
            msg("the site in {out} cannot be read ({reason})", out=out, reason=refusal(error))
        ) from error
    except (ValueError, TypeError, KeyError) as error:
        raise SiteError(msg("the site in {out} is damaged ({reason})", out=out, reason=error)) from error


def finder(
    out: Path,
    previous: str | None,
    *,
    first: bool,
    memory: Memory | None = None,
    publishes: bool = True,
    begins_anew: bool = False,
) -> FindPublished:
    """Return what finds the site published before: the local one, else the one named in the call or in the sources.

    Where nothing is at the address that members see yet, nobody can have seen anything: then it is the first. What is
    published without one that cannot be read, as ``first`` allows, ``begins_anew``, and that is told.
    """
    reading = memory or Memory()

    def find(catalogue: Catalogue) -> Found:
        where = previous or catalogue.settings.published or ""
        try:
            if before := reading.local(out):
                return Found(before, private=private_titles(out))
            return Found(reading.named(where) if where else None)
        except SiteError as error:
            if isinstance(error, NoSiteJsonError) and not previous and _is_seen_at(where, catalogue):
                if not publishes or first:
                    return Found(None)
                if late("compile.previous_web", "is_empty")(where):
                    return Found(None, (_first(where),))
            if older := newest_whole(out):
                return Found(older, (_recovered(error, older),))
            position = None if previous or has_versions(out) else catalogue.settings.published_position
            if first:
                return Found(None, (_begun_anew(error, position),) if begins_anew else ())
            return Found(None, (_unreadable(error, position, publishes=publishes),))

    return find


def _is_seen_at(where: str, catalogue: Catalogue) -> bool:
    """Return whether members see the site at that address."""
    return where.rstrip("/") == catalogue.settings.base_url.rstrip("/")


def _first(where: str) -> Problem:
    message = msg("Nothing is at {where} yet, so that this is the first time", where=where)
    return replace(Problem.of(Position(SITE_FILE), NO_PREVIOUS_SITE, message), severity=Severity.NOTE)


def _recovered(error: SiteError, older: Published) -> Problem:
    """Tell that another version is taken for what was published before, as the one that was served cannot be read."""
    message = msg(
        "The site published before cannot be read: {error}; ids and stamps are those of the version of {instant}",
        error=error,
        instant=f"{older.compiled_at:%Y-%m-%d %H:%M} UTC",
    )
    mend = msg(
        "nothing need be done where that is the last one; else put _site back from a backup, and compile again"
    )
    return Problem.of(Position(SITE_FILE), OLDER_SITE, message, mend)


def _begun_anew(error: SiteError, position: Position | None) -> Problem:
    """Tell that the site is published without what was published before, which cannot be read."""
    message = msg(
        "The site published before cannot be read ({error}), and this one begins anew, as --first says: former addresses and what is gone are not known",
        error=error,
    )
    mend = msg(
        "nothing need be done where nothing was ever published; else put it back from a backup, or name a copy of it by --previous, and leave out --first"
    )
    told = Problem.of(position or Position(SITE_FILE), NO_PREVIOUS_SITE, message, mend)
    return replace(told, severity=Severity.WARNING)


def _unreadable(error: SiteError, position: Position | None, *, publishes: bool) -> Problem:
    """Tell that what was published before cannot be read, at ``published`` where that names it."""
    where = position or Position(SITE_FILE)
    message = msg("The site published before cannot be read: {error}", error=error)
    if publishes:
        mend = msg(
            "make it readable, or name a copy of it by --previous; if nothing was ever published, compile with --first"
        )
        return Problem.of(where, NO_PREVIOUS_SITE, message, mend)
    mend = msg(
        "nothing need be done for a preview, which is shown as if nothing had been published; start it again to try once more"
    )
    return replace(Problem.of(where, NO_PREVIOUS_SITE, message, mend), severity=Severity.WARNING)

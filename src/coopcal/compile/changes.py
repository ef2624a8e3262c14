"""Assemble: what changed in a feed, as Atom, in each language that it has an address for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from coopcal.compile import closed_feed
from coopcal.compile.diff import atom
from coopcal.compile.diff.log import ByFeed
from coopcal.compile.digests import digest_of_parts
from coopcal.compile.draft_feed import DraftFeed
from coopcal.compile.inputs import Inputs
from coopcal.compile.join import JoinedFeed
from coopcal.compile.stamp import restamp
from coopcal.model.by_identity import ByIdentity
from coopcal.model.change import LogEntry
from coopcal.model.text import Text
from coopcal.site.content import CompiledFeed
from coopcal.site.seal import short_digest

_UNSTAMPED = datetime(2020, 1, 1, tzinfo=UTC)
"""The instant that stands in a document whose digest is taken: when it changed is no change."""


class Changes:
    """What changed in each feed, of a log; ``owners`` are the names of organisations by id."""

    def __init__(self, entries: Sequence[LogEntry], owners: Mapping[str, Text], inputs: Inputs) -> None:
        """Take the entries of the log, newest first."""
        self._entries, self._owners, self._inputs = ByFeed(entries), owners, inputs
        self._mark: ByIdentity[LogEntry, bytes] = ByIdentity(
            lambda entry: digest_of_parts((repr(entry).encode(),))
        )

    def of(self, feed: JoinedFeed) -> Iterator[DraftFeed]:
        """Return the drafts of what changed in a feed, in each language that it has an address for."""
        entries = self._entries.of((feed.plan.id, *feed.plan.former))
        is_over = str(closed_feed.is_over(feed.plan, self._inputs.now)).encode()
        mark = digest_of_parts((is_over, *map(self._mark, entries)))
        for language in (None, *feed.translations):
            yield DraftFeed(
                (feed.plan.id, None, language, True),
                feed.plan.organisation,
                mark,
                partial(_changes, feed, language, entries, self._owners, self._inputs),
            )


def _changes(
    feed: JoinedFeed,
    translation: str | None,
    entries: list[LogEntry],
    owners: Mapping[str, Text],
    inputs: Inputs,
) -> CompiledFeed:
    plan, settings = feed.plan, inputs.catalogue.settings
    language = translation or plan.languages[0]
    channel = atom.Channel(
        id=plan.id,
        names=(plan.id, *plan.former),
        oldest=(*plan.former, plan.id)[0],
        title=plan.title.say(language, *plan.languages),
        language=language,
        fallback=plan.languages[0],
        timezone=plan.timezone,
        base_url=settings.base_url,
        address=f"/feeds/{plan.id}/changes{f'.{translation}' if translation else ''}.atom",
        authority=settings.uid_domain,
    )
    body = atom.body(channel, entries, owners)
    digest = short_digest(atom.document(channel, body, _UNSTAMPED))
    known = (inputs.before.changes.get((name, translation or "")) for name in channel.names)
    newest = max([inputs.now, *(entry.at for entry in entries[:1])])
    stamp = restamp(digest, next((stamp for stamp in known if stamp), None), newest)
    return CompiledFeed(
        id=plan.id,
        year=None,
        translation=translation,
        title=channel.title,
        language=language,
        timezone=plan.timezone,
        organisation=plan.organisation,
        stamp=stamp,
        content=atom.document(channel, body, stamp.modified),
        count=len(entries),
        left_out=0,
        former=plan.former,
        closed_see=plan.closed.see if plan.closed else None,
        gone=closed_feed.is_over(plan, inputs.now),
        changes=True,
    )

"""What a program that compiles a folder over and over keeps from one time to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from coopcal.checks.overview import profile
from coopcal.compile.checker import Checker
from coopcal.compile.cut import cut, holders_of
from coopcal.compile.draft_feed import FeedMade
from coopcal.compile.inputs import Inputs
from coopcal.compile.organisations import portion
from coopcal.compile.portion import Portion
from coopcal.compile.prepared import Standing, Written
from coopcal.compile.previous import Memory
from coopcal.compile.published import stamp_of
from coopcal.model.facts import VisibleFacts
from coopcal.model.organisation import Organisation
from coopcal.model.published import Published, Stamp
from coopcal.model.site import Catalogue
from coopcal.selection.plan import FeedPlan
from coopcal.site.content import Address
from coopcal.site.layout import SiteError, current_version
from coopcal.site.standing import Standing as StandingSite


@dataclass(frozen=True, slots=True)
class _Around:
    """All that the portion of an organisation is made of but itself: the catalogue without events, and the feeds."""

    catalogue: Catalogue
    plans: tuple[FeedPlan, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """A portion, with the organisation that it was made of, what was published of that, and when it was made."""

    organisation: Organisation
    before: Published | None
    at: datetime
    portion: Portion

    def is_of(self, organisation: Organisation, before: Published | None, now: datetime) -> bool:
        """Return whether another one would be the same now, but for the stamps of what is new."""
        until = self.portion.turns.good_until
        return (
            self.organisation is organisation
            and self.at <= now
            and (until is None or now < until)
            and self.before == before
        )


@dataclass(frozen=True, slots=True)
class _Feeds:
    """The feeds of a version that was written, with what they were made of but portions."""

    around: _Around | None
    before: Published
    version: str
    made: Mapping[Address, FeedMade]
    stamps: Mapping[Address, Stamp]

    def is_of(self, aside: Path, around: _Around | None, before: Published) -> bool:
        """Return whether the version is the last one in a folder, and nothing around its feeds differs."""
        try:
            stands = current_version(aside).name == self.version
        except SiteError:
            return False
        return stands and self.around is around and self.before == before


class Kept:
    """What one program keeps, in one thread at a time: what was published, sources as they were decoded, and portions.

    What has not been changed since is neither read nor rendered again. It is as large as the site, and goes with it.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.published = Memory()
        self.checker: Checker | None = None
        self._around: _Around | None = None
        self._feeds: _Feeds | None = None
        self.made: dict[str, _Made] = {}

    def portions(self, inputs: Inputs) -> tuple[Sequence[Portion], Mapping[str, VisibleFacts]]:
        """Return the portion of each organisation, and what was seen before of events of those that are gone."""
        organisations = inputs.catalogue.organisations
        profiles = tuple(map(profile, organisations))
        around = _Around(replace(inputs.catalogue, organisations=profiles, tokens=()), inputs.plans)
        if around != self._around:
            self._around, self.made = around, {}
        parts = cut(
            inputs.before, organisations, holders_of(inputs.catalogue), [[one.id] for one in organisations]
        )
        first = not inputs.before.events
        made = {}
        for number, one in enumerate(organisations):
            before = parts.part(number)
            known = self.made.get(one.id)
            # Where nothing was ever published, all is new, and keeps the stamp of the first time that it was looked at.
            stands = first or known is None or known.at == inputs.now or not known.portion.is_new
            if known is None or not stands or not known.is_of(one, before, inputs.now):
                alone = inputs.of_some([one], before or inputs.before)
                known = _Made(one, before, inputs.now, portion(alone))
            made[one.id] = known
        self.made = made
        return [made[one.id].portion for one in organisations], parts.gone

    def standing(self, aside: Path, inputs: Inputs) -> Standing:
        """Return which feeds of the version that was written last, in a folder, may stand in the next one.

        Those may that have the stamps which they were published with; where nothing ever was, all may, and keep the stamp of
        the first time that they were looked at.
        """
        known = self._feeds
        if known is None or not known.is_of(aside, self._around, inputs.before):
            return Standing()
        first = not inputs.before.events
        stay = {
            address: made
            for address, made in known.made.items()
            if first or known.stamps[address] == stamp_of(inputs.before, address)
        }
        stood = {address: made.organisation for address, made in known.made.items()}
        return Standing(feeds=stay, stamps=known.stamps, site=StandingSite(aside, stood))

    def leave(self, inputs: Inputs, written: Written) -> None:
        """Keep which feeds a version has that was written."""
        self._feeds = _Feeds(self._around, inputs.before, written.version, written.feeds, written.stamps)

    def forget_feeds(self) -> None:
        """Let no feed stand the next time."""
        self._feeds = None

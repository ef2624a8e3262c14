"""What is seen of an event, before and after → the differences."""

from collections.abc import Collection
from dataclasses import replace

from coopcal.compile.diff.marks import is_same, mark_of
from coopcal.model.change import Difference
from coopcal.model.facts import Shown
from coopcal.model.happening import ShowsAs, Status
from coopcal.model.text import Text
from coopcal.model.when import Timed, When, timezone_of
from coopcal.site.memory import MEMORY

OFF = (Status.CANCELLED, Status.POSTPONED)

ASPECTS = ("status", "when", "title", "place", "details")
"""What may differ, in the order of telling."""

_SHOWN = {mark_of(ShowsAs.BUSY): "takes_time", mark_of(ShowsAs.FREE): "takes_no_time"}
"""Whether something takes time in calendars, by what is kept of it."""


def differences(
    old: Shown, new: Shown, *, series: bool = False, but: Collection[str] = ()
) -> tuple[Difference, ...]:
    """Tell what differs, ``but`` for some aspects; the dates of a ``series`` are told as such."""
    status = [] if "status" in but else _status(old, new)
    when = [] if "when" in but else _when(old, new, series=series)
    together = _together(old, status, when)
    if "status" not in but and not when:
        together += _reason(old, new)
    if "title" not in but and _reads_otherwise(old.title, new.title):
        together.append(Difference("retitled", old.title, new.title))
    if "place" not in but and old.place_mark != new.place_mark:
        together.append(Difference("place", old.places, new.places))
    named = [] if "details" in but else _details(old, new)
    if "shown" in named and (kind := _SHOWN.get(dict(new.details).get("shown", ""))):
        named.remove("shown")
        together.append(Difference(kind))
    if "title" not in but and old.title != new.title and not _reads_otherwise(old.title, new.title):
        named.insert(0, "translations")
    if named:
        together.append(Difference("texts", new=tuple(named)))
    return tuple(together)


def same(one: Shown, other: Shown, aspect: str) -> bool:
    """Return whether two are the same in an aspect."""
    return not differences(one, other, but=[another for another in ASPECTS if another != aspect])


def _status(old: Shown, new: Shown) -> list[Difference]:
    if old.status is not new.status:
        if new.status in OFF:
            return [Difference(new.status.value, new=new.reason)]
        if old.status in OFF:
            return [Difference("takes_place")]
        return [Difference("uncertain" if new.status is Status.TENTATIVE else "certain")]
    if new.status in OFF and new.reason and new.reason != old.reason:
        return [Difference("reason", new=new.reason)]
    return []


def _reason(old: Shown, new: Shown) -> list[Difference]:
    """Tell why something was moved before, where that is said now; why it is off is told with that."""
    if new.status in OFF or not new.reason or new.reason == old.reason or old.status in OFF:
        return []
    return [Difference("reason" if old.reason else "reason_given", new=new.reason)]


def _together(old: Shown, status: list[Difference], when: list[Difference]) -> list[Difference]:
    """Tell in one sentence that something that was off takes place on another date."""
    kinds = [difference.kind for difference in (*status, *when[:1])]
    if kinds != ["takes_place", "moved"]:
        return [*status, *when]
    kind = "date_found" if old.status is Status.POSTPONED else "takes_place_on"
    return [replace(when[0], kind=kind), *when[1:]]


def _when(old: Shown, new: Shown, *, series: bool) -> list[Difference]:
    before, after = MEMORY.write(When, old.when), MEMORY.write(When, new.when)
    if before == after:
        return []
    zones = timezone_of(old.when), timezone_of(new.when)
    reason = None if new.status in OFF else new.reason
    moved = [Difference("moved_series" if series else "moved", old.when, new.when, reason=reason)]
    if not zones[0] or not zones[1] or zones[0] == zones[1]:
        return moved
    zone = Difference("zone", zones[0], zones[1])
    same_clocks = isinstance(old.when, Timed) and before[:-1] == after[:-1]
    return [zone] if same_clocks else [*moved, zone]


def _reads_otherwise(old: Text, new: Text) -> bool:
    """Return whether a text differs in a language that both are written in, or shares none."""
    before, after = dict(old.by_language), dict(new.by_language)
    shared = before.keys() & after.keys()
    return not shared or any(before[language] != after[language] for language in shared)


def _details(old: Shown, new: Shown) -> list[str]:
    before, after = dict(old.details), dict(new.details)
    return [name for name in {**before, **after} if not is_same(before.get(name), after.get(name))]

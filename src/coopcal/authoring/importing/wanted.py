"""Which events of a source are wanted: by title, tag and place, and from which day on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coopcal.authoring.importing.decoding import Trial
from coopcal.authoring.importing.events import Imported
from coopcal.authoring.importing.losses import Loss
from coopcal.authoring.importing.spelling import folded
from coopcal.authoring.text import Value
from coopcal.recurrence import occurrences

FIELDS = ("tag", "title", "place")
_KEYS = {"tag": "tags", "title": "title", "place": "where"}
_LATEST = date(2200, 12, 31)
_ANCHORED = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted.

    Of each field of ``only`` one of its words must be said: in the title or the place anywhere, as a tag whole. ``since`` is
    the first day that counts: what ended before it is not wanted; with ``coming``, today is.
    """

    only: Sequence[tuple[str, str]] = ()
    since: date | None = None
    coming: bool = False

    @property
    def is_all(self) -> bool:
        """Return whether everything is wanted."""
        return not self.only and self.since is None and not self.coming

    def parted(
        self, imported: Iterable[Imported], trial: Trial, today: date
    ) -> tuple[list[Imported], list[Imported]]:
        """Return the events that are wanted, and the others."""
        since = max(filter(None, (self.since, today if self.coming else None)), default=None)
        chosen: list[Imported] = []
        others: list[Imported] = []
        for candidate in imported:
            (chosen if self._fits(candidate.values) and _comes(candidate, since, trial) else others).append(
                candidate
            )
        return chosen, others

    def _fits(self, values: Mapping[str, Value]) -> bool:
        by_field: dict[str, list[str]] = {}
        for name, word in self.only:
            by_field.setdefault(name, []).append(folded(word))
        return all(
            any(_says(name, values.get(_KEYS[name], ""), word) for word in words)
            for name, words in by_field.items()
        )


def _comes(imported: Imported, since: date | None, trial: Trial) -> bool:
    """Return whether any of it is on a day or after it."""
    event = trial.decoded(imported.values)[0] if since else None
    if since is None or event is None:
        return True
    dates = (replace(event, dates=()), *event.dates)
    ends = (since + timedelta(days=366 * years) for years in (1, 30))
    return any(
        next(iter(occurrences(one, since, min(end, _LATEST))), None) is not None
        for end in ends
        for one in dates
    )


def _says(name: str, value: Value, word: str) -> bool:
    texts = [folded(text) for text in _texts(value)]
    if name == "tag":
        plain = _ANCHORED.sub("-", word)
        return plain in (_ANCHORED.sub("-", text) for text in texts)
    return any(word in text for text in texts)


def _texts(value: Value) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)


def without_losses_of(losses: Sequence[Loss], others: Iterable[Imported]) -> list[Loss]:
    """Return what was told, but for what was told of events that are not wanted."""
    uids = {name for other in others for name in (other.key, other.values.get("uid")) if name}
    return [loss for loss in losses if loss.uid is None or loss.uid not in uids]

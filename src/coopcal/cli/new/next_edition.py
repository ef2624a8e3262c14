"""``--like``: an event as it is written, and its next edition."""

from collections.abc import Mapping
from dataclasses import dataclass

from coopcal.authoring.edit import Refusal, add_to_event, source_of, values_of
from coopcal.authoring.edition import Edition, Wanted, next_edition
from coopcal.authoring.placement import with_events
from coopcal.authoring.text import Value
from coopcal.authoring.unwritten import EventTrial
from coopcal.cli.language import echo
from coopcal.cli.new.asker import refuse
from coopcal.definitions.source.node import Listing
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.tree import OrganisationFiles, SourceFile
from coopcal.model.ids import without_year
from coopcal.model.message import msg
from coopcal.model.when import Imprecise, WholeDays

_BY_THE_DATE = ("when", "title")
"""What is asked for again where it is wrong; any other key that does not go with the new date is left out."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last edition: its file, and its keys as they are written."""

    file: SourceFile
    keys: Mapping[str, Value]

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.keys["id"])

    def edition(self, answer: str, trial: EventTrial) -> Edition:
        """Return the next edition at the time that is said; what does not go with that is left out, and told."""
        event, _ = trial({"when": answer})
        if event is None:
            return Edition({"when": answer}, ())
        first, last = event.days
        precise = not isinstance(event.details.when, Imprecise)
        alone = isinstance(event.details.when, WholeDays) and first == last
        edition = next_edition(self.keys, Wanted(answer, first if precise else None, first.year, alone))
        keys, notes = dict(edition.keys), list(edition.told)
        while wrong := {
            name: fault
            for name, fault in trial.faults(keys).items()
            if name in keys and name not in _BY_THE_DATE
        }:
            for name, problem in wrong.items():
                del keys[name]
                notes.append(
                    msg(
                        "“{key}” was left out, as it does not fit: {reason}.",
                        key=name,
                        reason=problem.message,
                    )
                )
        return Edition(keys, tuple(notes))


def found(files: OrganisationFiles, identifier: str) -> Last | None:
    """Return the event of an id; None where there is none."""
    for file in (files.main, *files.events):
        listed = file.node.get("events") if file else None
        for node in listed.items if isinstance(listed, Listing) else ():
            values = values_of(node) if isinstance(node, Keys) else None
            if file and isinstance(values, Mapping) and values.get("id") == identifier:
                return Last(file, values)
    return None


def added(
    target: str, text: str, keys: Mapping[str, Value], last: Last | None, last_text: str
) -> dict[str, str]:
    """Return the files as they will be: the event in its file, and both editions in one series."""
    edited: dict[str, str] = {}
    if last is not None and "series" not in keys:
        series = without_year(last.id)
        keys = {**keys, "series": series}
        source = source_of(last.file.path, last_text)
        edited[last.file.path] = _changed(
            source if isinstance(source, Refusal) else add_to_event(source, last.id, "series", series)
        )
        echo(msg("Both editions are now in the series “{series}”.", series=series))
    edited[target] = _changed(with_events(target, edited.get(target, text), [keys]))
    return edited


def _changed(text: str | Refusal) -> str:
    if isinstance(text, Refusal):
        place = f"{text.position.path}:{text.position.line}"
        refuse(msg("{place}: {reason}.", place=place, reason=text.message))
    return text

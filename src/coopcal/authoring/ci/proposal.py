"""A filled-in form → an event in the file where it belongs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coopcal.authoring.ci.form import Form
from coopcal.authoring.edit import Refusal
from coopcal.authoring.moved_dates import first_day
from coopcal.authoring.placement import file_for, with_events
from coopcal.authoring.taken_ids import taken_ids
from coopcal.authoring.text import Value
from coopcal.definitions.source.tree import SourceTree
from coopcal.model.ids import NewIds, proposed_id
from coopcal.model.message import Message, msg
from coopcal.model.organisation import Organisation
from coopcal.model.site import Catalogue

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event, and the path of the file where it belongs."""

    id: str
    path: str
    event: Mapping[str, Value]

    def put_into(self, text: str) -> str | Refusal:
        """Return the text of the file, as it is on disk, with the event in it and every other byte as it was."""
        return with_events(self.path, text, [self.event])


def propose(form: Form, tree: SourceTree, catalogue: Catalogue) -> Proposal | Message:
    """Return the event and where it belongs; or a sentence that says why there is none."""
    organisation = _organisation(form.organisation, catalogue)
    if organisation is None:
        known = ", ".join(f"“{one.id}”" for one in catalogue.organisations)
        return msg(
            "There is no organisation “{name}” here. Those that there are: {known}.",
            name=form.organisation,
            known=known,
        )
    files = next(files for files in tree.organisations if files.id == organisation.id)
    year = _YEAR.search(form.date)
    day = first_day(form.date) or (date(int(year[0]), 1, 1) if year else None)
    stem = proposed_id(form.title, catalogue.settings.languages) or "event"
    identifier = NewIds(taken_ids(organisation)).new(stem, *([year[0]] if year else []))
    return Proposal(identifier, file_for(files, organisation, day), _event(form, identifier))


def _organisation(written: str, catalogue: Catalogue) -> Organisation | None:
    """Return the organisation that is named by its id or by its name in any language."""
    folded = written.strip().casefold()
    for organisation in catalogue.organisations:
        texts = [name for name in (organisation.name, organisation.full_name) if name]
        names = [name for text in texts for _, name in text.by_language]
        if folded in (organisation.id, *(name.casefold() for name in names)):
            return organisation
    return None


def _event(form: Form, identifier: str) -> dict[str, Value]:
    event: dict[str, Value] = {"id": identifier, "title": form.title, "when": form.when}
    if form.place:
        event["where"] = form.place
    if form.description:
        event["description"] = form.description
    if form.registration:
        event["registration"] = {"url": form.registration}
    if form.contact:
        event["contact"] = {"email" if "@" in form.contact else "name": form.contact}
    return event

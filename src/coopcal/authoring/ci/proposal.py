"""A filled-in form → an event in the file where it belongs."""

from collections.abc import Mapping
from dataclasses import dataclass

from coopcal.authoring.ci.form import Form
from coopcal.authoring.edit import Refusal, append_events, source_of
from coopcal.authoring.text import Value
from coopcal.definitions.source.tree import (
    LONGEST_ID,
    ORGANISATION_FILE,
    OrganisationFiles,
    SourceTree,
    proposed_id,
)
from coopcal.model.message import Message, msg
from coopcal.model.organisation import Organisation
from coopcal.model.site import Catalogue


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event, and the path of the file where it belongs."""

    id: str
    path: str
    event: Mapping[str, Value]

    def put_into(self, text: str) -> str | Refusal:
        """Return the text of the file, as it is on disk, with the event in it and every other byte as it was."""
        source = source_of(self.path, text)
        return source if isinstance(source, Refusal) else append_events(source, [self.event])


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
    files = next(each for each in tree.organisations if each.id == organisation.id)
    identifier = _free_id(form, organisation, catalogue.settings.languages)
    return Proposal(identifier, _file(files, form), _event(form, identifier))


def _organisation(written: str, catalogue: Catalogue) -> Organisation | None:
    """Return the organisation that is named by its id or by its name in any language."""
    wanted = written.strip().casefold()
    for one in catalogue.organisations:
        names = [text for said in (one.name, one.full_name) if said for _, text in said.by_language]
        if wanted in (one.id, *(name.casefold() for name in names)):
            return one
    return None


def _file(files: OrganisationFiles, form: Form) -> str:
    """Return the file for an event: the organisation's only one, that of its year, or the last that holds events."""
    main = files.main.path if files.main else f"calendars/{files.id}/{ORGANISATION_FILE}"
    further = {each.path.rsplit("/", 1)[-1]: each.path for each in files.events}
    of_year = further.get(f"{form.date[:4]}.yaml")
    if files.main and (not further or files.main.node.get("events")):
        return of_year or main
    return of_year or max(further.values(), default=main)


def _free_id(form: Form, organisation: Organisation, languages: tuple[str, ...]) -> str:
    taken = {event.path[0] for event in organisation.events}
    taken |= {reference.id for reference in organisation.removed}
    taken |= {former for event in organisation.events for former in event.former_ids}
    name = proposed_id(form.title, languages) or "event"
    stem = name if name not in taken else proposed_id(f"{name[: LONGEST_ID - 5]}-{form.date[:4]}")
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem[: LONGEST_ID - 4].rstrip('-')}-{number}", number + 1
    return found


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

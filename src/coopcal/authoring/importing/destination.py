"""What occurrences come into."""

from collections.abc import Sequence
from dataclasses import dataclass

from coopcal.authoring.importing.record_values import Record
from coopcal.model.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Home:
    """The organisation, all organisations of the site, and the language that they are said in."""

    organisation: Organisation
    organisations: Sequence[Organisation] = ()
    language: str = ""

    def known(self, party: Record) -> str | None:
        """Return the id of who has a part, where it is an organisation here: by its id, else by its name."""
        for organisation in self.organisations:
            names = {
                written
                for text in (organisation.name, organisation.full_name)
                if text
                for _, written in text.by_language
            }
            if party.get("id") == organisation.id or (not party.get("id") and party.get("name") in names):
                return organisation.id
        return None

"""Ids of organisations and feeds, which share one set and are never used again."""

from pathlib import Path

from coopcal.build import Checked
from coopcal.cli.new.asking import Trial
from coopcal.model.site import Catalogue
from coopcal.source.tree import LONGEST_ID, RESERVED, is_id, proposed_id


def free(root: Path, checked: Checked, catalogue: Catalogue) -> Trial:
    """Give what tells whether an id is free for a new organisation or feed."""
    published = checked.published
    former = {reference.id for each in catalogue.addressed() for reference in each.formerly}
    before = (set(published.organisations) | set(published.feeds)) if published else set()

    def trial(said: str) -> list[str]:
        if not is_id(said):
            rule = f"An id is of lower-case letters a to z, digits and single hyphens, at most {LONGEST_ID}."
            return [rule, f"mend: {proposed_id(said) or 'an-id'}"]
        if said in RESERVED:
            return [f"“{said}” is kept for coopcal's own addresses, or for Windows."]
        for path in (f"calendars/{said}.yaml", f"calendars/{said}", f"feeds/{said}.yaml"):
            if (root / path).exists():
                return [f"“{said}” is taken: there is {path}."]
        if said in former or said in before:
            return [f"“{said}” was published before, and an id is never used again."]
        return []

    return trial

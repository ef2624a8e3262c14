"""The names by which the world knows an event: its UID and its address; they never change."""

from coopcal.model.event import Event
from coopcal.model.organisation import Organisation


def uid(event: Event, organisation: Organisation, domain: str) -> str:
    """Give the UID (RFC 5545, 3.8.4.7): innermost id first, then the organisation, at the site's domain.

    An event or organisation that was renamed keeps the UID made of its oldest id; the oldest stands first in
    ``formerly``. A pinned ``uid`` wins.
    """
    if event.uid is not None:
        return event.uid
    oldest = organisation.formerly[0].id if organisation.formerly else organisation.id
    return ".".join((*reversed(event.oldest_path), oldest)) + "@" + domain


def address(event: Event) -> str:
    """Give the path of the event's page, with a slash at both ends."""
    return f"/events/{event.key}/"

"""Pages: server-rendered from a site's records and an instant, in the language of their address."""

from coopcal.web.pages import (
    builder,
    calendars,
    errors,
    events,
    feeds,
    home,
    searching,
    subscribing,
)
from coopcal.web.pages.blueprint import blueprint

__all__ = [
    "blueprint",
    "builder",
    "calendars",
    "errors",
    "events",
    "feeds",
    "home",
    "searching",
    "subscribing",
]

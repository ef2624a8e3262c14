"""Pages: server-rendered from a site's records and an instant, in the language of their address."""

from coopcal.web.pages import errors, events, feeds, home, organisations, subscribing
from coopcal.web.pages.blueprint import blueprint

__all__ = ["blueprint", "errors", "events", "feeds", "home", "organisations", "subscribing"]

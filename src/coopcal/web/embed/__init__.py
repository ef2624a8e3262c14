"""Calendars in the pages of others: in a frame, as a fragment of HTML, as an element of their own, by oEmbed."""

from coopcal.web.embed import oembed, script, views
from coopcal.web.embed.views import blueprint

__all__ = ["blueprint", "oembed", "script", "views"]

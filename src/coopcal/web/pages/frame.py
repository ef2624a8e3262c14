"""The code that shows a feed in the pages of others."""

from dataclasses import replace
from urllib.parse import parse_qsl

from markupsafe import Markup, escape

from coopcal.site.index import FeedEntry
from coopcal.views.filters import Filters
from coopcal.web.current import site

WIDTH, HEIGHT = 600, 480
_FRAME = Markup(
    '<iframe src="{src}" width="{width}" height="{height}" title="{title}" data-coopcal></iframe>'
)


def frame(
    entry: FeedEntry, tongue: str, title: str, width: int = WIDTH, height: int = HEIGHT, query: str = ""
) -> str:
    """Return a frame that shows what comes next of a feed."""
    src = f"{site().manifest.base_url}/embed/{entry.id}/list.{tongue}/{f'?{query}' if query else ''}"
    return str(_FRAME.format(src=src, width=width, height=height, title=title))


def frame_filters(filters: Filters) -> str:
    """Return the query of a frame that shows what is asked for; nothing rings in a page."""
    return replace(filters, remind="").query()


def attributes(filters: Filters) -> str:
    """Return the attributes of ``<coop-calendar>`` for what is asked for, as they are written in HTML."""
    pairs = parse_qsl(frame_filters(filters))
    return "".join(f' {"number" if name == "limit" else name}="{escape(value)}"' for name, value in pairs)

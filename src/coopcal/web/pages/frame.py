"""The frame that shows a feed in the pages of others."""

from markupsafe import Markup

from coopcal.site.reader import FeedEntry
from coopcal.web.current import site

WIDTH, HEIGHT = 600, 480
_FRAME = Markup(
    '<iframe src="{src}" width="{width}" height="{height}" title="{title}" data-coopcal></iframe>'
)


def frame(
    entry: FeedEntry, tongue: str, title: str, width: int = WIDTH, height: int = HEIGHT, query: str = ""
) -> str:
    """Give a frame that shows what comes next of a feed."""
    src = f"{site().manifest.base_url}/embed/{entry.id}/list.{tongue}/{f'?{query}' if query else ''}"
    return str(_FRAME.format(src=src, width=width, height=height, title=title))

"""The languages of a site, as its file has them: imported where a terminal tells none."""

from collections.abc import Iterator
from pathlib import Path

from coopcal.definitions.source.files import read_text
from coopcal.definitions.source.node import Listing, Mapping, Scalar
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.tree import SITE_FILE


def languages(root: Path) -> Iterator[str]:
    """Yield the languages that the site in ``root`` names; none where there is no site, or none can be read."""
    if not (root / SITE_FILE).is_file():
        return
    text, _ = read_text(root, SITE_FILE)
    node, _ = parse(text or "", SITE_FILE)
    named = node.get("languages") if isinstance(node, Mapping) else None
    for item in named.items if isinstance(named, Listing) else (named,):
        if isinstance(item, Scalar):
            yield item.text

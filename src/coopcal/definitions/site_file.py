"""``coopcal.yaml`` by itself: what it says is often needed where nothing else of the sources is."""

from pathlib import Path

from coopcal.definitions.settings import settings
from coopcal.definitions.source.files import read_text
from coopcal.definitions.source.node import Mapping
from coopcal.definitions.source.reader import nodes
from coopcal.definitions.source.tree import SITE_FILE, SourceFile
from coopcal.model.problem import Problems
from coopcal.model.site import SiteSettings


def site_settings(root: Path) -> SiteSettings | None:
    """Return the settings of the site in ``root``; None where they cannot be read. What is wrong with them is told elsewhere."""
    text, problems = read_text(root, SITE_FILE)
    node, _ = nodes(text, SITE_FILE) if text is not None and not problems else (None, ())
    if not isinstance(node, Mapping):
        return None
    return settings(SourceFile(SITE_FILE, "coopcal", node), root, Problems())

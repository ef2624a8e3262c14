"""What tests publish to a bucket: a site that was really compiled, and static files."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tests.support.trees import NOW, compiled

from coopcal.publish.file import StaticFile
from coopcal.publish.listing import Listed, listing
from coopcal.publish.store.publication import Publication, Waits
from coopcal.site.layout import current_version

AT_ONCE = Waits(settled=0, ended=0)
"""Tests with one publisher wait for none."""

TYPES = {
    "html": ("text/html; charset=utf-8", "public, max-age=60"),
    "ics": ("text/calendar; charset=utf-8", "public, max-age=900"),
    "css": ("text/css; charset=utf-8", "public, max-age=31536000, immutable"),
    "json": ("application/json", "public, max-age=60"),
}

FILES = {
    "index.html": "<p>Hello",
    "feeds/all.ics": "BEGIN:VCALENDAR",
    "feeds/all/index.html": "<p>All",
    "static/style.0123456789ab.css": "p {}",
    "site.json": "{}",
}


def file(path: str, text: str) -> StaticFile:
    media_type, caching = TYPES[path.rsplit(".", 1)[1]]
    return StaticFile(path, text.encode(), media_type, caching)


def publication(root: Path, files: Mapping[str, str] = FILES, now: datetime = NOW) -> Publication:
    """Return what is to be published of static files and the site that was compiled of a tree."""
    static = {path: file(path, text) for path, text in files.items()}
    told = listing("of a test", None, ((path, Listed.of(one)) for path, one in static.items()))
    return Publication(current_version(root / "_site"), told, lambda path: static[path].content, now)


def compiled_publication(root: Path, files: Mapping[str, str] = FILES, now: datetime = NOW) -> Publication:
    """Compile a tree, and return what is to be published."""
    compiled(root, now)
    return publication(root, files, now)

"""A compiled site on a real server on loopback, at a fixed instant."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.support.hosting import running
from werkzeug.serving import make_server

from coopcal.site.reader import LiveSite
from coopcal.web import check, create_app


@contextmanager
def served(root: Path, instant: datetime, checker: check.Checker | None = None) -> Iterator[str]:
    """Serve the site of a tree until the block ends; return the server's address."""
    extras = [check.pages(checker)] if checker else []
    app = create_app(LiveSite(root / "_site"), lambda: instant, extras)
    with running(make_server("127.0.0.1", 0, app, threaded=True)) as address:
        yield address

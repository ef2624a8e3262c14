"""A compiled example site, and a client of the application that serves it."""

from pathlib import Path
from wsgiref.types import WSGIApplication

import pytest
from tests.support.trees import NOW, compiled, lay
from werkzeug.test import Client

from coopcal.site.reader import LiveSite
from coopcal.web import create_app

MILL = """\
name: The Mill
formerly: [watermill]
country: BE
"""
OLD = """\
title: Old
closed: {on: 2024-01-01, see: all}
"""


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a tree whose site is compiled."""
    found = lay(tmp_path_factory.mktemp("site"), {"calendars/mill.yaml": MILL, "feeds/old.yaml": OLD})
    compiled(found)
    return found


@pytest.fixture(scope="session")
def app(root: Path) -> WSGIApplication:
    """Return the application that serves it."""
    return create_app(LiveSite(root / "_site"), lambda: NOW)


@pytest.fixture
def client(app: WSGIApplication) -> Client:
    """Return a client that speaks to the application without a network."""
    return Client(app)

"""The compiled site: files of some organisations each, an index and a manifest, swapped in by one rename.

``<out>/current`` names the version that is served; ``<out>/versions/<version>/`` holds it:
``manifest.json``, and under ``public/`` the shards (``feeds/``, ``records/``, ``site/``) with
``shards.json``, ``index.json``, the frame of ``site.json`` and the documents.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cyclic garbage collector out of the way: it makes large compiles superlinear."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

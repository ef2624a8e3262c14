"""Publishing what is made on top of what is published by then, whoever else publishes meanwhile."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coopcal.publish.stamps import is_behind
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.fetch import fetch
from coopcal.publish.store.generation import newest_number, read_generation
from coopcal.publish.store.memory import site_json
from coopcal.publish.store.publication import Outcome, Publication, Waits
from coopcal.publish.store.publish import USUAL, publish
from coopcal.publish.store.sending import Overtaken
from coopcal.site import layout, seal
from coopcal.site.layout import NoSite, current_version

TRIES = 5
"""How often something is made anew since somebody else was first."""


def publish_anew(bucket: Bucket, out: Path, make: Callable[[], Publication], waits: Waits = USUAL) -> Outcome:
    """Publish what ``make`` makes with the site in a folder as the site before, which is the newest one of the bucket then.

    Raise Overtaken where somebody else was first again and again; SiteError as ``publish`` does.
    """
    for _ in range(TRIES - 1):
        with suppress(Overtaken):
            return _publish(bucket, out, make, waits)
    return _publish(bucket, out, make, waits)


def _publish(bucket: Bucket, out: Path, make: Callable[[], Publication], waits: Waits) -> Outcome:
    number = bring(bucket, out)
    return publish(bucket, make(), waits, number)


def bring(bucket: Bucket, out: Path) -> int:
    """Bring the newest generation into a folder, unless what is there knows all that it has published; return its number.

    That is 0 where nothing was published yet.
    """
    number = newest_number(bucket)
    generation = read_generation(bucket, number)
    if generation is None or (out / layout.VERSIONS / generation.version).exists():
        return number
    try:
        own = seal.read_memory(current_version(out))
        if not is_behind(own, site_json(bucket, generation)):
            return number
    except (NoSite, OSError, ValueError, TypeError, KeyError):  # nothing is there, or it is damaged
        pass
    return fetch(bucket, out)

"""Publishing what is made on top of what is published by then, whoever else publishes meanwhile."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coopcal.publish.stamps import is_behind
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.fetch import fetch
from coopcal.publish.store.generation import Generation, Newest, newest
from coopcal.publish.store.memory import site_json
from coopcal.publish.store.publication import Outcome, Publication, Waits
from coopcal.publish.store.publish import USUAL, publish
from coopcal.publish.store.sending import Overtaken
from coopcal.site import layout, seal
from coopcal.site.layout import NoSite, current_version

TRIES = 5
"""How often something is made anew since somebody else was first."""


def publish_anew(
    bucket: Bucket,
    out: Path,
    make: Callable[[Newest | None], Publication | None],
    waits: Waits = USUAL,
) -> Outcome:
    """Publish what ``make`` makes with the site in a folder as the site before, and is told of what is published by then.

    It gives None where that is to stay. Raise Overtaken where somebody else was first again and again; SiteError as ``publish`` does.
    """
    for _ in range(TRIES - 1):
        with suppress(Overtaken):
            return _publish(bucket, out, make, waits)
    return _publish(bucket, out, make, waits)


def _publish(
    bucket: Bucket, out: Path, make: Callable[[Newest | None], Publication | None], waits: Waits
) -> Outcome:
    before = newest(bucket)
    if before:
        bring(bucket, out, before.generation)
    publication = make(before)
    number = before.number if before else 0
    return publish(bucket, publication, waits, number) if publication else Outcome(number)


def bring(bucket: Bucket, out: Path, generation: Generation) -> None:
    """Bring the newest generation into a folder, unless what is there knows all that it has published."""
    if (out / layout.VERSIONS / generation.version).exists():
        return
    try:
        own = seal.read_memory(current_version(out))
        if not is_behind(own, site_json(bucket, generation)):
            return
    except (NoSite, OSError, ValueError, TypeError, KeyError):  # nothing is there, or it is damaged
        pass
    fetch(bucket, out)

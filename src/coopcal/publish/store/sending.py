"""Sending many files at once, but not too many, while another generation may come up."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from coopcal.model.message import msg
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.generation import Generation, read_generation
from coopcal.site.layout import SiteError

Item = TypeVar("Item")
Result = TypeVar("Result")

AT_ONCE = 16
"""Requests that are under way at the same time."""

LOOKED = 2.0
"""Seconds for which no newer generation is looked for after there was none."""


class Overtaken(SiteError):  # noqa: N818 - named for what callers meet
    """Somebody else has published: what was to be published is to be made anew of what is there now."""


def overtaken(bucket: Bucket) -> Overtaken:
    """Return what says that somebody else has published to a bucket."""
    return Overtaken(
        msg(
            "another publisher was first at {address}: compile with what is published there as the site before",
            address=bucket.address,
        )
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that is sent: its key, what gives its content, and how it is to be sent on."""

    key: str
    content: Callable[[], bytes | Path]
    media_type: str
    caching: str


class Claim:
    """A generation that somebody publishes, as long as nobody else publishes another one."""

    def __init__(self, bucket: Bucket, number: int, generation: Generation) -> None:
        self.number = number
        self._bucket = bucket
        self._generation = generation
        self._looked = float("-inf")
        self._looking = threading.Lock()

    def hold(self) -> None:
        """Raise Overtaken where there is a newer generation, or another one in the place of this one; looked for now and then."""
        if time.monotonic() - self._looked >= LOOKED and self._looking.acquire(blocking=False):
            try:
                self.hold_now()
            finally:
                self._looking.release()

    def hold_now(self) -> None:
        """Do the same, looked for at once."""
        self.hold_own()
        if self._bucket.look(keys.generation_key(self.number + 1)) is not None:
            raise overtaken(self._bucket)
        self._looked = time.monotonic()

    def hold_own(self) -> None:
        """Raise Overtaken where there is another generation in the place of this one."""
        if read_generation(self._bucket, self.number) != self._generation:
            raise overtaken(self._bucket)


def send(
    bucket: Bucket,
    files: Iterable[Sent],
    claim: Claim | None = None,
    stands: Callable[[Sent], bool] | None = None,
) -> int:
    """Send files, but those that stand there, and return how many.

    Raise Overtaken where a newer generation comes up meanwhile, once all that is under way is done.
    """

    def put(file: Sent) -> bool:
        if claim:
            claim.hold()
        if stands and stands(file):
            return False
        bucket.put(file.key, file.content(), file.media_type, file.caching)
        return True

    return sum(each(put, files))


def each(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Do the same with each of many items, ``AT_ONCE`` of them at a time, and return what came of it, in order.

    What fails ends it; what is under way then is waited for.
    """
    under_way: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for item in items:
                under_way.append(pool.submit(work, item))
                if len(under_way) >= 2 * AT_ONCE:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()

"""A bucket, or a folder of one, at Amazon S3 and what speaks like it, Google or Azure."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coopcal.model.message import msg
from coopcal.site.layout import SiteError

try:
    import obstore
    from obstore.exceptions import (
        AlreadyExistsError,
        BaseError,
        PermissionDeniedError,
        PreconditionError,
        UnauthenticatedError,
    )
    from obstore.store import from_url
except ImportError:
    obstore = None  # type: ignore[assignment]

RETRIES = 8
"""How often a request is tried again that a server failed at (5xx), or a connection, each time after a longer while."""

FIRST_PAUSE = timedelta(milliseconds=250)
"""After what a request is tried again for the first time; later pauses are longer, up to a quarter of a minute."""

PATIENCE = timedelta(minutes=3)
"""For how long a request is tried again."""

ANSWERED = timedelta(minutes=5)
"""Within what one request is answered: many are sent at once, over lines that may be slow."""

LARGEST_WHOLE = 16 << 20
"""Bytes that are sent in one request at the most; larger files are sent in parts."""

LISTED = 1000
"""Keys that are handed on at once of a list."""

CONTESTED = 5
"""How often something is sent at the most while others write under the same key."""

_MD5 = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Stored:
    """A key: the length of what is there in bytes, its ETag without quotes ("" where there is none), and since when it is there."""

    key: str
    length: int
    etag: str
    modified: datetime


def is_installed() -> bool:
    """Return whether the package that speaks with object storage is there."""
    return obstore is not None


def open_bucket(address: str, retries: int = RETRIES, answered: timedelta = ANSWERED) -> "Bucket":
    """Return the bucket with an address; credentials and endpoint are those that the environment names.

    What fails, or is not ``answered`` in time, is tried again so often.
    """
    try:
        store = from_url(
            address,
            client_options={"allow_http": True, "timeout": answered},
            retry_config={
                "max_retries": retries,
                "retry_timeout": PATIENCE,
                "backoff": {"init_backoff": FIRST_PAUSE},
            },
        )
    except (BaseError, ValueError) as error:
        raise SiteError(
            msg("{address} cannot be opened: {reason}", address=address, reason=_first(error))
        ) from error
    return Bucket(store, address)


class Bucket:
    """Keys and what is stored under them; safe for threads. Whatever the store refuses is raised as SiteError."""

    def __init__(self, store: Any, address: str) -> None:
        self.address = address
        self._store = store

    def read(self, key: str) -> bytes | None:
        """Return what is stored under a key; None where nothing is."""
        try:
            return bytes(self._store.get(key).bytes())
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise self._refused(error) from error

    def look(self, key: str) -> Stored | None:
        """Return what is told of a key; None where nothing is stored under it."""
        try:
            return _stored(self._store.head(key))
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise self._refused(error) from error

    def holds(self, stored: Stored, content: bytes) -> bool:
        """Return whether a key holds some content: told by its ETag where that is an MD5, as at Amazon and Swift, else by reading it."""
        if stored.length != len(content):
            return False
        if _MD5.fullmatch(stored.etag):
            return stored.etag == hashlib.md5(content, usedforsecurity=False).hexdigest()
        return self.read(stored.key) == content

    def put(self, key: str, content: bytes | Path, media_type: str, caching: str) -> None:
        """Store something under a key, with how it is to be sent.

        Where another writer was at the same key in the same moment, Swift takes what comes and does not say which of both stands:
        then that is looked at, and what is to be there is sent again.
        """
        attributes = {"Content-Type": media_type, "Cache-Control": caching}
        for left in reversed(range(CONTESTED)):
            try:
                self._store.put(key, content, attributes=attributes, chunk_size=LARGEST_WHOLE)
            except BaseError as error:
                if not (left and _says_not_what_stands(error)):
                    raise self._refused(error) from error
                if self._stands(key, content):
                    return
            else:
                return

    def _stands(self, key: str, content: bytes | Path) -> bool:
        """Return whether a key holds what was to be put there."""
        stored = self.look(key)
        return stored is not None and self.holds(
            stored, content.read_bytes() if isinstance(content, Path) else content
        )

    def create(self, key: str, content: bytes, media_type: str, caching: str) -> bool:
        """Store something under a key where nothing is; return whether that was so."""
        attributes = {"Content-Type": media_type, "Cache-Control": caching}
        try:
            self._store.put(key, content, attributes=attributes, mode="create")
        except (AlreadyExistsError, PreconditionError):
            return False
        except BaseError as error:
            if not _says_not_what_stands(error):
                raise self._refused(error) from error
            return self._stands(key, content)
        return True

    def delete(self, keys: Iterable[str]) -> None:
        """Take keys away, those too that are not there."""
        try:
            self._store.delete(list(keys))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise self._refused(error) from error

    def list(self, folder: str | None = None) -> Iterator[Stored]:
        """Return all keys below a folder, or all. Some stores tell of new keys a while later."""
        try:
            for some in self._store.list(folder, chunk_size=LISTED):
                yield from map(_stored, some)
        except BaseError as error:
            raise self._refused(error) from error

    def _refused(self, error: Exception) -> SiteError:
        if isinstance(error, (PermissionDeniedError, UnauthenticatedError)):
            return SiteError(
                msg(
                    "{address} does not allow it with these credentials ({reason})",
                    address=self.address,
                    reason=_first(error),
                )
            )
        return SiteError(
            msg("{address} refused, or did not answer ({reason})", address=self.address, reason=_first(error))
        )


def _says_not_what_stands(error: Exception) -> bool:
    """Return whether a store took what was sent, and told no ETag of it: something else may stand there that came at the same time."""
    return "ETag Header missing" in _first(error)


def _stored(meta: Any) -> Stored:
    etag = (meta["e_tag"] or "").removeprefix("W/").strip('"')
    return Stored(meta["path"], meta["size"], etag, meta["last_modified"])


def _first(error: Exception) -> str:
    """Return the first line of what an error says, which is followed by pages about its origin."""
    return str(error).partition("\n")[0]

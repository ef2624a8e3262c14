"""Files compressed beside those that they are of, for servers that send them ready: gzip and Brotli, each at its strongest."""

import gzip
from collections.abc import Callable, Mapping

import brotli


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _brotli(content: bytes) -> bytes:
    compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)
    return compressed


CODINGS: Mapping[str, Callable[[bytes], bytes]] = {".gz": _gzip, ".br": _brotli}
"""What compresses a file, by what is behind the name of the file that holds it then."""

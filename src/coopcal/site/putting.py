"""Putting the files of the shards of a site, all of them here or each by whoever is asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from coopcal.site import seal
from coopcal.site.content import Content, Recorded
from coopcal.site.files import Files
from coopcal.site.layout import FORMER_ROWS, Shards, feeds_file, records_file, rows_file
from coopcal.site.lines import Rows, rows_json
from coopcal.site.packing import Feed, put_feeds
from coopcal.site.standing import Standing

PutShards = Callable[[Content, Shards, Files, Standing], Mapping[str, str]]
"""Puts the files of all shards but the rows of nobody's events; returns their digests by name, in order."""

Records = Callable[[], Sequence[Recorded]] | None
"""What gives the records of a shard; None where they are as in the version that stands."""


def put_here(content: Content, shards: Shards, files: Files, standing: Standing) -> Mapping[str, str]:
    """Put the files of all shards in this process; feeds are compressed in threads."""
    feeds = put_feeds(content.feeds, shards, files, standing, compress=content.compress)
    records = (_records(number, made) for number, made in enumerate(content.records))
    rows = (_rows(rows_file(number), made) for number, made in enumerate(content.rows))
    return _put(chain(feeds, records, rows), shards, files, standing)


def put_shard(
    number: int,
    feeds: Iterable[Feed],
    records: Records,
    rows: Callable[[], Rows] | None,
    shards: Shards,
    files: Files,
    standing: Standing,
    *,
    compress: bool,
) -> Mapping[str, str]:
    """Put the files of a shard, in this thread; return their digests by name."""
    put = put_feeds(feeds, shards, files, standing, compress=compress, numbers=(number,))
    others = (_records(number, records), _rows(rows_file(number), rows))
    return _put(chain(put, others), shards, files, standing)


def put_former_rows(rows: Rows | None, shards: Shards, files: Files, standing: Standing) -> Mapping[str, str]:
    """Put the rows of events whose organisation is not known any more; return their digest by the name of their file."""
    body = None if rows is None else rows_json(rows)
    return _put([(FORMER_ROWS, body)], shards, files, standing)


def in_order(digests: Mapping[str, str], shards: Shards) -> Mapping[str, str]:
    """Return the digests of the files of all shards in the order in which ``put_here`` gives them."""
    names = (name(number) for name in (feeds_file, records_file, rows_file) for number in range(shards.count))
    return {name: digests[name] for name in names}


def _records(number: int, records: Records) -> tuple[str, bytes | None]:
    lines = None if records is None else (line for recorded in records() for line in recorded.lines)
    return records_file(number), None if lines is None else b"".join(lines)


def _rows(name: str, rows: Callable[[], Rows] | None) -> tuple[str, bytes | None]:
    return name, None if rows is None else rows_json(rows())


def _put(
    bodies: Iterable[tuple[str, bytes | None]], shards: Shards, files: Files, standing: Standing
) -> Mapping[str, str]:
    """Put files, or those that stand where there is None; return their digests by name."""
    return dict(_each_put(bodies, shards, files, standing))


def _each_put(
    bodies: Iterable[tuple[str, bytes | None]], shards: Shards, files: Files, standing: Standing
) -> Iterator[tuple[str, str]]:
    for name, body in bodies:
        if body is None:
            yield name, standing.put(files, name, shards)
        else:
            files.put(name, body)
            yield name, seal.digest(body)

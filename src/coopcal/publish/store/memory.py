"""What a generation says that it has published: its ``site.json``, joined from the files of its site."""

from coopcal.model.message import msg
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.generation import Generation, read_part
from coopcal.publish.store.sending import each
from coopcal.site import layout
from coopcal.site.layout import FORMER_ROWS, ShardList, SiteError, rows_file
from coopcal.site.lines import with_rows
from coopcal.site.stored import STORED


def may_differ(one: Generation, other: Generation) -> bool:
    """Return whether stamps of two generations may differ: they stand in the rows of events, and nowhere else."""
    return _rows(one) != _rows(other)


def _rows(generation: Generation) -> dict[str, str]:
    return {name: part.digest for name, part in generation.site.items() if name.startswith(f"{layout.ROWS}/")}


def site_json(bucket: Bucket, generation: Generation) -> bytes:
    """Return the ``site.json`` of a generation; raise SiteError where a file of it is not what was written."""

    def read(name: str) -> bytes:
        return read_part(bucket, generation.site[name])

    try:
        shards = STORED.loads(ShardList, read(layout.SHARDS))
        rows = each(read, (*map(rows_file, range(shards.count)), FORMER_ROWS))
        return with_rows(read(layout.SITE), rows)
    except (ValueError, TypeError, KeyError) as error:
        raise SiteError(
            msg("the site in {address} is damaged ({error})", address=bucket.address, error=error)
        ) from error

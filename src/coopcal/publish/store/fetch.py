"""Bringing the compiled site of a generation into a folder: sealed, and swapped in by one rename, as a compile does."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from coopcal.model.message import msg
from coopcal.publish.store import keys
from coopcal.publish.store.bucket import Bucket
from coopcal.publish.store.generation import (
    Generation,
    Part,
    newest_number,
    parts_of,
    read_generation,
    read_part,
)
from coopcal.publish.store.sending import each
from coopcal.site import layout, seal
from coopcal.site.files import Files
from coopcal.site.layout import NoSite, SiteError, current_version
from coopcal.site.swap import exclusively, swap_in


def fetch(bucket: Bucket, out: Path, known: int = 0) -> int:
    """Bring the newest generation into a folder, and return its number; raise NoSite where nothing was published yet.

    What is in the folder already is not fetched again. ``known`` is the number of the generation that was brought there last, after
    which nothing is done while that is the newest one.
    """
    if known and bucket.look(keys.generation_key(known)) is None:
        known = 0
    number = newest_number(bucket, known)
    if number and number == known:
        return number
    generation = read_generation(bucket, number)
    if generation is None:
        raise NoSite(msg("nothing has been published at {address}", address=bucket.address))
    with exclusively(out):
        before = _before(out)
        if before is None or before.name != generation.version or parts_of(before) != generation.site:
            swap_in(out, lambda aside: _fill(bucket, generation, before, aside))
    return number


def _before(out: Path) -> Path | None:
    try:
        return current_version(out)
    except SiteError:
        return None


def _fill(bucket: Bucket, generation: Generation, before: Path | None, aside: Path) -> str:
    """Put the files of a generation into a folder, as links where they are in the version before; return its name."""
    files, there = Files(aside, before), parts_of(before) if before else {}
    files.folder(layout.DOCUMENTS)

    def put(name: str) -> None:
        part = generation.site[name]
        if name in seal.SEALED or there.get(name) != part or not files.link(name):
            files.write(name, read_part(bucket, part))

    for name in _names(generation.site):
        files.path(name)
    for _ in each(put, generation.site):
        pass
    try:
        version = seal.name_of({name: (aside / name).read_bytes() for name in seal.SEALED})
    except OSError as error:
        version = str(error)
    if version != generation.version:
        raise SiteError(
            msg("the site in {address} is damaged ({error})", address=bucket.address, error=version)
        )
    if before:
        _keep_private(before, aside)
    files.settle()
    return version


def _names(site: Mapping[str, Part]) -> Iterator[str]:
    """Return the names of files; raise SiteError where one of them leads out of its folder."""
    for name in site:
        leads_out = not {"", ".", ".."}.isdisjoint(name.split("/"))
        if leads_out or name.startswith(f"{layout.PRIVATE}/"):
            raise SiteError(msg("a published site may have no file {name}", name=name))
        yield name


def _keep_private(before: Path, aside: Path) -> None:
    """Keep the sources that are kept here, where they are those that the fetched version was made of."""
    kept = before / layout.PRIVATE
    if not kept.is_dir():
        return
    shutil.copytree(kept, aside / layout.PRIVATE, copy_function=os.link)
    (aside / layout.PRIVATE).chmod(0o700)
    try:
        seal.check_kept(aside)
    except SiteError:
        shutil.rmtree(aside / layout.PRIVATE)

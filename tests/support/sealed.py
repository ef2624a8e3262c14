"""Versions of a site in its folder, and what stands in them otherwise, under a name that fits."""

from dataclasses import replace
from pathlib import Path

from coopcal.site import layout, seal
from coopcal.site.layout import ShardList
from coopcal.site.stored import STORED


def version(root: Path) -> Path:
    """Return the folder of the version that is served of a tree."""
    return root / "_site/versions" / (root / "_site/current").read_text(encoding="ascii").strip()


def sealed_anew(root: Path, name: str, content: bytes) -> None:
    """Put other content into a version, and give it the name that fits."""
    old = version(root)
    (old / name).write_bytes(content)
    if name not in seal.SEALED:
        shards = STORED.loads(ShardList, (old / layout.SHARDS).read_bytes())
        listed = replace(shards, files={**shards.files, name: seal.digest(content)})
        (old / layout.SHARDS).write_bytes(STORED.dumps(ShardList, listed))
    now = seal.name_of({each: (old / each).read_bytes() for each in seal.SEALED})
    if now != old.name:
        old.rename(old.with_name(now))
    (root / "_site/current").write_text(f"{now}\n", encoding="ascii")

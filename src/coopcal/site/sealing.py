"""Putting the files that the name of a version is made of, once all else is there."""

from dataclasses import replace

from coopcal.site import layout, seal
from coopcal.site.files import Files
from coopcal.site.manifest import Manifest
from coopcal.site.stored import STORED


def put_sealed(files: Files, manifest: Manifest, shards: bytes, index: bytes, frame: bytes) -> str:
    """Put the files that the name of a version is made of; return the name."""
    bodies = {layout.SHARDS: shards, layout.INDEX: index, layout.SITE: frame}
    seen = replace(manifest, good_until=None, kept="", public="")  # which waits for hidden events, too
    public = seal.name_of({**bodies, layout.MANIFEST: STORED.dumps(Manifest, seen)})
    bodies[layout.MANIFEST] = STORED.dumps(Manifest, replace(manifest, public=public))
    for name, body in bodies.items():
        files.write(name, body)
    return seal.name_of(bodies)

"""What must be backed up, so that after a restore every address opens and no stamp goes back."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coopcal.model.message import Message, msg
from coopcal.site.layout import SITE_FOLDER

TOKENS = "tokens.yaml"
CACHE = ".coopcal"
"""The folder with what compiles keep for the next one; it need not be backed up."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file or folder, why it is to be kept, and what in it need not be."""

    what: str
    path: Path
    sentence: Message
    without: tuple[str, ...] = ()


def to_back_up(root: Path, out: Path | None, state: Path | None, config: Path | None) -> Iterator[Kept]:
    """Return what of an installation must be backed up."""
    sources = root.resolve()
    site = (out or root / SITE_FOLDER).resolve()
    yield Kept(
        "sources",
        sources,
        msg(
            "The sources: what staff write. A clone of their repository will do, but for what is not committed."
        ),
        (CACHE,),
    )
    if (sources / TOKENS).exists():
        yield Kept(
            "tokens",
            sources / TOKENS,
            msg("The hashes of secret addresses: without them no private feed opens any more."),
        )
    yield Kept(
        "site",
        site,
        msg(
            "The compiled site: ids, stamps and the log of changes. It may hold hidden events: keep it as private as the sources."
        ),
    )
    if state is not None:
        yield Kept(
            "state", state.resolve(), msg("What the server keeps beside the site: counts, for example.")
        )
    if config is not None:
        yield Kept("config", config.resolve(), msg("The settings; secrets may stand in it."))

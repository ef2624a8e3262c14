"""Sources that one command looks at several times, each time with some files changed: the rest is taken as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from coopcal.definitions.files import files_beside
from coopcal.definitions.organisation import organisation
from coopcal.definitions.source.node import Node
from coopcal.definitions.source.origin import Edited, Folder, Seen
from coopcal.definitions.source.reader import nodes, read_origin
from coopcal.definitions.source.tree import OrganisationFiles, SourceTree
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem, Problems
from coopcal.model.site import SiteSettings

VERSIONS = 3
"""Versions of a file, and of an organisation, that are kept: as it was, and the last ones that were tried."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    """An organisation, with what it was decoded from and what is wrong with it."""

    files: OrganisationFiles
    known: tuple[str, ...]
    root: Path | None
    settings: SiteSettings
    organisation: Organisation | None
    problems: tuple[Problem, ...]

    def is_of(self, files: OrganisationFiles, tree: SourceTree, settings: SiteSettings) -> bool:
        """Return whether decoding these files would give the same."""
        return (
            self.known == tree.ids
            and (self.root, self.settings) == (tree.root, settings)
            and (self.files.complete, self.files.root) == (files.complete, files.root)
            and [copy.named for copy in self.files.copies] == [copy.named for copy in files.copies]
            and all(one is other for one, other in zip_longest(_nodes(self.files), _nodes(files)))
        )


class Memo:
    """The files of a folder as they were first seen, as nodes, and the organisations that were decoded from these.

    It serves one command, in one thread.
    """

    def __init__(self, root: Path) -> None:
        """Look at nothing yet."""
        self._root = root
        self._folder = Seen(Folder(root))
        self._nodes: dict[str, dict[str, tuple[Node | None, tuple[Problem, ...]]]] = {}
        self._organisations: dict[str, list[_Decoded]] = {}
        self._files = files_beside(root)

    def look_again(self) -> None:
        """Look at the folder anew, as its files were written or renamed; what says the same is not decoded again.

        Where other documents or images lie beside the YAML, everything is decoded again, as it may name them.
        """
        self._folder = Seen(Folder(self._root))
        files = files_beside(self._root)
        if files != self._files:
            self._files = files
            self._organisations.clear()

    def read(self, instead: Mapping[str, str] | None = None) -> tuple[SourceTree, tuple[Problem, ...]]:
        """Return the tree and what is wrong with it, as ``read_tree`` does."""
        files = {path: text.encode() for path, text in (instead or {}).items()}
        return read_origin(Edited(self._folder, files) if files else self._folder, self.nodes)

    def nodes(self, text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
        """Return what a file holds, and what is wrong with it as YAML."""
        versions = self._nodes.setdefault(path, {})
        if text not in versions:
            if len(versions) >= VERSIONS:
                del versions[list(versions)[1]]  # the first is the file as it was
            versions[text] = nodes(text, path)
        return versions[text]

    def organisation(
        self, files: OrganisationFiles, tree: SourceTree, settings: SiteSettings, problems: Problems
    ) -> Organisation | None:
        """Return an organisation, and note what is wrong with it, as ``organisation`` does."""
        versions = self._organisations.setdefault(files.id, [])
        decoded = next((version for version in versions if version.is_of(files, tree, settings)), None)
        if decoded is None:
            own = Problems()
            one = organisation(files, tree, settings, own)
            decoded = _Decoded(files, tree.ids, tree.root, settings, one, tuple(own.found))
            if len(versions) >= VERSIONS:
                del versions[1]
            versions.append(decoded)
        problems.found += decoded.problems
        return decoded.organisation


def _nodes(files: OrganisationFiles) -> tuple[Node | None, ...]:
    copies = (copy.file for copy in files.copies)
    return tuple(file.node if file else None for file in (files.main, *files.events, *copies))

"""Reading a source tree: its settings and feeds, and its organisations, all together or some at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from coopcal.definitions.codes.files import (
    EMPTY_FILE,
    FILE_AND_FOLDER,
    FILE_TOO_DEEP,
    NO_KEYS,
    NO_ORGANISATION_FILE,
)
from coopcal.definitions.codes.site import LEFT_OUT_OF_INCLUDE
from coopcal.definitions.source.copies import copies_of, path_of
from coopcal.definitions.source.file_names import bad_name, is_source, is_table, probably_meant, wrong_ending
from coopcal.definitions.source.missing_site import missing_site
from coopcal.definitions.source.node import Listing, Node, Scalar
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.origin import Edited, Entry, Folder, Origin
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.traps import traps
from coopcal.definitions.source.tree import (
    ORGANISATION_FILE,
    SITE_FILE,
    TOKENS_FILE,
    Copy,
    OrganisationFiles,
    OrganisationName,
    ReadNodes,
    SourceFile,
    SourceTree,
)
from coopcal.definitions.source.unused_copies import UnusedCopy, told_of_unused
from coopcal.model.message import msg
from coopcal.model.problem import Position, Problem, Problems


@dataclass(frozen=True, slots=True)
class Frame:
    """A source tree without its organisations, which are named alone, and what is wrong with it.

    ``unused`` are copies of feeds of others that no feed merges in; none where that is not known for certain.
    """

    tree: SourceTree
    organisations: tuple[OrganisationName, ...]
    problems: tuple[Problem, ...]
    unused: tuple[UnusedCopy, ...] = ()


def read_tree(root: Path, instead: Mapping[str, str] | None = None) -> tuple[SourceTree, tuple[Problem, ...]]:
    """Read every source file below a root; all problems of all files come out at once.

    ``instead`` holds texts by path that are read as if they were written already.
    """
    folder = Folder(root)
    files = {path: text.encode() for path, text in (instead or {}).items()}
    return read_origin(Edited(folder, files) if files else folder)


def nodes(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return what a file holds, and what is wrong with it as YAML: its syntax, and what YAML would lose in silence."""
    node, problems = parse(text, path)
    if isinstance(node, Keys):
        problems += traps(node, text.split("\n"))
    return node, problems


def read_origin(origin: Origin, read: ReadNodes = nodes) -> tuple[SourceTree, tuple[Problem, ...]]:
    """Read every source file, wherever they come from; ``read`` gives what each holds."""
    frame = read_frame(origin, read)
    part, problems = read_organisations(origin, frame.organisations, read)
    tree = replace(
        frame.tree,
        organisations=part.organisations,
        unread=frame.tree.unread | part.unread,
        texts=frame.tree.texts | part.texts,
        strays=(*frame.tree.strays, *part.strays),
    )
    return tree, (*frame.problems, *problems)


def read_frame(origin: Origin, read: ReadNodes = nodes) -> Frame:
    """Read the settings and the feeds, and learn which organisations there are; no file of these is read."""
    return _TreeReader(origin, read).frame()


def read_organisations(
    origin: Origin, named: Iterable[OrganisationName], read: ReadNodes = nodes
) -> tuple[SourceTree, tuple[Problem, ...]]:
    """Read the files of some organisations; return a tree of them alone, and what is wrong with them."""
    return _TreeReader(origin, read).organisations(named)


def _languages_of(site: SourceFile | None) -> tuple[str, ...]:
    """Return the languages of a site as they are written, well or not."""
    written = site.node.get("languages") if site else None
    items = written.items if isinstance(written, Listing) else (written,)
    return tuple(item.text for item in items if isinstance(item, Scalar))


class _TreeReader:
    def __init__(self, origin: Origin, read: ReadNodes) -> None:
        self._origin = origin
        self._nodes = read
        self._problems = Problems()
        self._texts: dict[str, str] = {}
        self._unread: set[str] = set()
        self._flawed: set[str] = set()
        self._strays: list[str] = []
        self._languages: tuple[str, ...] = ()

    def frame(self) -> Frame:
        site = None
        if self._origin.has(SITE_FILE):
            site = self._file(SITE_FILE, "coopcal")
            self._languages = _languages_of(site)
        else:
            self._problems.found.append(missing_site(self._origin.root))
        organisations = tuple(self._organisations())
        feeds = tuple(self._feeds())
        tokens = self._tokens()
        copies = copies_of(self._origin, feeds, organisations, self._nodes)
        is_whole = site is not None and not self._problems.found
        if copies.unused and is_whole:
            self._problems.found += told_of_unused(copies.unused)
        tree = replace(
            self._tree(site, (), feeds), tokens=tokens, unread=frozenset(self._unread), kept=copies.kept
        )
        named = tuple(map(copies.named, organisations))
        return Frame(tree, named, tuple(self._problems.found), copies.unused if is_whole else ())

    def _tokens(self) -> SourceFile | None:
        """Return the file of tokens; one that says nothing, as all were taken out, is none."""
        if not self._origin.has(TOKENS_FILE):
            return None
        text, problems = self._origin.read(TOKENS_FILE)
        lines = (line.strip() for line in (text or "").removeprefix("\ufeff").splitlines())
        if text is not None and not problems and not any(line and line[0] != "#" for line in lines):
            return None
        return self._file(TOKENS_FILE, TOKENS_FILE)

    def organisations(self, named: Iterable[OrganisationName]) -> tuple[SourceTree, tuple[Problem, ...]]:
        organisations = tuple(self._files(one) for one in named)
        return self._tree(None, organisations, ()), tuple(self._problems.found)

    def _tree(
        self,
        site: SourceFile | None,
        organisations: tuple[OrganisationFiles, ...],
        feeds: tuple[SourceFile, ...],
    ) -> SourceTree:
        unread, strays = frozenset(self._unread), tuple(self._strays)
        return SourceTree(self._origin.root, site, organisations, feeds, unread, self._texts, strays)

    def _organisations(self) -> Iterable[OrganisationName]:
        """Return which organisations there are; what is wrong with their names is told."""
        entries = self._entries("calendars")
        folders = {entry.name for entry in entries if entry.folder and self._holds_sources(entry.name)}
        for entry in entries:
            path = f"calendars/{entry.name}"
            if entry.name in folders:
                if self._origin.has(f"{path}.yaml"):
                    self._problems.tell(
                        Position(f"{path}.yaml"),
                        FILE_AND_FOLDER,
                        msg(
                            "“{name}” is both a file and a folder, and an organisation is one of the two",
                            name=entry.name,
                        ),
                        msg(
                            "move the file's contents to {path}/{organisation_file}",
                            path=path,
                            organisation_file=ORGANISATION_FILE,
                        ),
                    )
                    self._unread.add(entry.name)
                elif self._may_be_called(entry.name, path, own=()):
                    yield OrganisationName(entry.name, folder=True)
                continue
            name = self._yaml_name(path)
            if name is not None and name not in folders and self._may_be_called(name, path, own=()):
                yield OrganisationName(name, folder=False)

    def _files(self, one: OrganisationName) -> OrganisationFiles:
        files = self._folder(one.id) if one.folder else self._single(one.id)
        return replace(files, copies=tuple(self._copies(one))) if one.copies else files

    def _copies(self, one: OrganisationName) -> Iterable[Copy]:
        """Return the copies of an organisation that can be read; what others sent stops nothing."""
        for copy in one.copies:
            path = path_of(one.id, copy.name)
            text, problems = self._origin.read(path)
            node, wrong = self._nodes(text, path) if text is not None and not problems else (None, problems)
            if isinstance(node, Keys) and not wrong:
                self._texts[path] = text or ""
                yield Copy(SourceFile(path, copy.name, node), copy)
            else:
                self._problems.tell(
                    Position(path),
                    LEFT_OUT_OF_INCLUDE,
                    msg("The copy of a feed of others cannot be read, and its events are left out"),
                    msg("fetch it again: coopcal fetch"),
                )

    def _single(self, name: str) -> OrganisationFiles:
        path = f"calendars/{name}.yaml"
        main = self._file(path, name)
        return OrganisationFiles(name, main, (), complete=main is not None and path not in self._flawed)

    def _holds_sources(self, folder: str) -> bool:
        """Return whether a folder is that of an organisation; others hold documents and images beside the YAML."""
        return any(is_source(entry.name) for entry in self._entries(f"calendars/{folder}"))

    def _folder(self, name: str) -> OrganisationFiles:
        path = f"calendars/{name}"
        main, events, complete = None, [], True
        for entry in self._entries(path):
            below = f"{path}/{entry.name}"
            if entry.folder:
                for lost in (child.name for child in self._entries(below) if child.name.endswith(".yaml")):
                    self._problems.tell(
                        Position(f"{below}/{lost}"),
                        FILE_TOO_DEEP,
                        msg("Files in folders of folders are not read"),
                        msg("move it to {path}/", path=path),
                    )
                continue
            before = len(self._problems.found)
            if self._yaml_name(below) is not None:
                file = self._file(below, name)
                complete = complete and file is not None and below not in self._flawed
                if entry.name == ORGANISATION_FILE:
                    main = file
                elif file is not None:
                    events.append(file)
            elif len(self._problems.found) > before:
                complete = False
                self._unread.add(name)
        if main is None and f"{path}/{ORGANISATION_FILE}" not in self._texts and name not in self._unread:
            complete = False
            self._unread.add(name)
            self._problems.tell(
                Position(f"{path}/{ORGANISATION_FILE}"),
                NO_ORGANISATION_FILE,
                msg(
                    "The folder {path} has no {organisation_file}, which says whose events these are",
                    path=path,
                    organisation_file=ORGANISATION_FILE,
                ),
                msg(
                    "write {path}/{organisation_file} with at least “name: …”",
                    path=path,
                    organisation_file=ORGANISATION_FILE,
                ),
            )
        return OrganisationFiles(name, main, tuple(events), complete)

    def _feeds(self) -> Iterable[SourceFile]:
        for entry in self._entries("feeds"):
            path = f"feeds/{entry.name}"
            if entry.folder:
                continue
            name = self._yaml_name(path)
            if name is not None and self._may_be_called(name, path, own=("all",)):
                file = self._file(path, name)
                if file is not None:
                    yield file

    def _entries(self, folder: str) -> list[Entry]:
        entries, problems = self._origin.entries(folder)
        if problems:
            self._problems.found += problems
            self._unread.add(folder.rsplit("/", maxsplit=1)[-1])
        return [entry for entry in entries if not entry.name.startswith((".", "_"))]

    def _yaml_name(self, path: str) -> str | None:
        """Return what a file is named for; None for files that are no sources."""
        name = path.rsplit("/", 1)[-1]
        if name.endswith(".yaml"):
            return name.removesuffix(".yaml")
        if stem := probably_meant(name):
            self._problems.found.append(wrong_ending(path, name, stem))
            self._unread.add(stem)
        elif path.startswith("calendars/") and is_table(name):
            self._strays.append(path)
        return None

    def _may_be_called(self, name: str, path: str, own: tuple[str, ...]) -> bool:
        problem = bad_name(name, path, own, self._languages)
        if problem is None:
            return True
        self._problems.found.append(problem)
        self._unread.add(name)
        return False

    def _file(self, path: str, name: str) -> SourceFile | None:
        text, problems = self._origin.read(path)
        self._problems.found += problems
        if text is not None:
            self._texts[path] = text
        if text is not None and not problems:
            node, problems = self._nodes(text, path)
            if isinstance(node, Keys):
                self._problems.found += problems
                if problems:
                    self._flawed.add(path)
                return SourceFile(path, name, node)
            self._problems.found += problems
            if node is not None:
                self._problems.tell(
                    node.position,
                    NO_KEYS,
                    msg("The file should be of lines “key: value”"),
                    msg("begin with “name: …” or “title: …”"),
                )
            elif not problems:
                self._problems.tell(
                    Position(path),
                    EMPTY_FILE,
                    msg("The file is empty"),
                    msg("write something in it, or delete it"),
                )
        self._unread.add(name)
        return None

"""What reading and decoding would say of one file with another text."""

from coopcal.compile.mends.excerpt import SHORT, Narrow
from coopcal.definitions.catalogue import decode
from coopcal.definitions.source.origin import Contents
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.reader import read_origin
from coopcal.definitions.source.tree import ORGANISATION_FILE, SITE_FILE, ReadNodes, SourceTree
from coopcal.model.problem import Problem, in_order, on_other_lines

LAST = 8
"""Texts of which it is known what is wrong with them."""


class Trial:
    """A tree in which one file at a time has another text; nothing else of it is read again."""

    def __init__(self, tree: SourceTree, read: ReadNodes = parse) -> None:
        """Take a tree as it was read; ``read`` gives what its files hold."""
        self._tree = tree
        self._texts = tree.texts
        self._read = read
        self._narrowed: dict[str, Narrow] = {}
        self._told: dict[tuple[str, str], tuple[Problem, ...]] = {}

    def text(self, path: str, line: int) -> str | None:
        """Return the text of a file, with the event in a line alone where it is long; None for an unknown file."""
        return None if path not in self._texts else self._narrow(path).around(line)

    def _narrow(self, path: str) -> Narrow:
        if path not in self._narrowed:
            text = self._texts[path]
            self._narrowed[path] = Narrow(text, self._read(text, path)[0] if len(text) > SHORT else None)
        return self._narrowed[path]

    def problems(self, path: str, text: str) -> tuple[Problem, ...]:
        """Return what is wrong in a file, by itself and in its organisation's; the last ones that were asked for are known."""
        if (path, text) not in self._told:
            if len(self._told) >= LAST:
                del self._told[next(iter(self._told))]
            self._told[path, text] = self._problems(path, text)
        return self._told[path, text]

    def _problems(self, path: str, text: str) -> tuple[Problem, ...]:
        files = {path: text}
        above, _, name = path.rpartition("/")
        if above.count("/") == 1 and name != ORGANISATION_FILE:
            main = f"{above}/{ORGANISATION_FILE}"
            files |= {main: self._narrow(main).around(None)} if main in self._texts else {}
        tree, read = read_origin(Contents({name: content.encode() for name, content in files.items()}))
        site = tree.site if path == SITE_FILE else self._tree.site
        _, more = decode(SourceTree(self._tree.root, site, tree.organisations, tree.feeds, tree.unread, {}))
        problems = (*read, *on_other_lines(more, read))
        return in_order(problem for problem in problems if problem.position.path == path)

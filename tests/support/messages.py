"""The catalogues of what coopcal says to staff: taking sentences from the code, and bringing the files up to date.

``python -m tests.support.messages`` writes ``src/coopcal/text/locale/messages/<language>.po`` anew: new sentences without a
translation, those that are gone taken out.
"""

import ast
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from coopcal.text.catalogues import LANGUAGES

SOURCE = Path(__file__).parents[2] / "src/coopcal"
FOLDER = SOURCE / "text/locale/messages"
OTHERS = tuple(language for language in LANGUAGES if language != "en")

ARGUMENTS = {"msg": (0,), "plural": (0, 1), "Key": (2,), "Record": (0,)}
"""Where sentences stand: the arguments of these calls. A key tells what it is for, a record what it is called."""

OF = "After “no key of”: the same words as in the entry of the same name, in the case that stands there."


@cache
def extracted() -> tuple[tuple[str, str | tuple[str, str], list[str]], ...]:
    """Return the sentences in the code: the file that each stands in, itself (or one and many), what translators are told."""
    return tuple(_extracted())


def _extracted() -> Iterator[tuple[str, str | tuple[str, str], list[str]]]:
    for path in sorted(SOURCE.rglob("*.py")):
        file = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name, texts = _texts(node)
            match texts:
                case [text]:
                    yield file, text, []
                    if name == "Record":
                        yield file, text[0].lower() + text[1:], [OF]
                case [one, other]:
                    yield file, (one, other), []


def _texts(node: ast.AST) -> tuple[str, list[str]]:
    """Return the name of a call and the sentences among its arguments; none of any other node."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return "", []
    name = node.func.id
    arguments = [node.args[at] for at in ARGUMENTS.get(name, ()) if at < len(node.args)]
    return name, [
        argument.value
        for argument in arguments
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def template() -> Catalog:
    """Return all sentences of the code as a catalogue without translations."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for file, message, comments in extracted():
        catalog.add(message, locations=[(file, 0)], auto_comments=comments)
    return catalog


def read(language: str) -> Catalog:
    """Read a catalogue; an empty one where there is none yet."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Bring all catalogues up to date with the code."""
    FOLDER.mkdir(exist_ok=True)
    for language in OTHERS:
        (FOLDER / f"{language}.po").write_bytes(updated(language))


def updated(language: str) -> bytes:
    """Return a catalogue as it is when it is up to date: sentences by where they stand in the code, without a head."""
    catalog = read(language)
    catalog.update(template(), no_fuzzy_matching=True)
    fresh = Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment="")
    for message in catalog:
        if message.id:
            fresh.add(
                message.id,
                message.string,
                locations=message.locations,
                auto_comments=message.auto_comments,
            )
    written = BytesIO()
    write_po(
        written,
        fresh,
        width=0,
        omit_header=True,
        sort_by_file=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return written.getvalue()


if __name__ == "__main__":
    update()

"""The catalogues of what coopcal says to staff: taking sentences from the code, and bringing the files up to date.

``python -m tests.support.messages`` writes ``src/coopcal/text/locale/<language>.po`` anew: new sentences without a
translation, those that are gone taken out.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from coopcal.text.messages import LANGUAGES

SOURCE = Path(__file__).parents[2] / "src/coopcal"
FOLDER = SOURCE / "text/locale"
OTHERS = tuple(language for language in LANGUAGES if language != "en")

KEYWORDS = {"msg": (1,), "plural": (1, 2), "Key": (3,), "Record": (1,)}
"""Where sentences stand: the arguments of these calls. A key tells what it is for, a record what it is called."""

OF = "After “no key of”: the same words as in the entry of the same name, in the case that stands there."


def extracted() -> Iterator[tuple[str, str | tuple[str, str], list[str]]]:
    """Give the sentences in the code: the file that each stands in, itself (or one and many), what translators are told."""
    for file, _, message, comments, _ in extract_from_dir(
        SOURCE,
        [("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        text = (message[0], message[1]) if isinstance(message, tuple) else message
        yield file, text, comments
        if isinstance(text, str) and _is_record(text, file):
            yield file, text[0].lower() + text[1:], [OF]


def _is_record(text: str, file: str) -> bool:
    return f'Record(\n    "{text}",' in (SOURCE / file).read_text(encoding="utf-8")


def template() -> Catalog:
    """Give all sentences of the code as a catalogue without translations."""
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
        with (FOLDER / f"{language}.po").open("wb") as file:
            write_po(
                file,
                fresh,
                width=0,
                omit_header=True,
                sort_by_file=True,
                include_lineno=False,
                ignore_obsolete=True,
            )


if __name__ == "__main__":
    update()

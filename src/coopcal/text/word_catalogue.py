"""coopcal's own words, read from the Babel catalogues beside (``locale/words/<language>.po``)."""

from importlib.resources import files

from babel.messages.pofile import read_po


def _read() -> dict[str, dict[str, str]]:
    """Return language → key (``msgctxt``) → words, with ``{names}`` for what is filled in."""
    found = {}
    for path in sorted(files("coopcal.text").joinpath("locale/words").iterdir(), key=lambda path: path.name):
        with path.open("rb") as file:
            messages = read_po(file)
        words = {message.context: str(message.string) for message in messages if message.context}
        found[path.name.removesuffix(".po")] = words
    return found


WORDS = _read()

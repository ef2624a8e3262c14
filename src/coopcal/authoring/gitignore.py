"""``.gitignore``: what coopcal makes of a site's files is not kept with them."""

FILE = ".gitignore"

_LEAD = "# What is made of these files, and the program. On a server, _site is to be backed up: it says what was published."
_IGNORED = ("/_site/", "/.venv/", "/included/.lock")


PUBLIC = "/public/"
"""The folder that a site is published into as files."""


def with_ignored(text: str, *others: str) -> str:
    """Return the text of a ``.gitignore``, which may be empty, with all that is to be ignored, and ``others``; what it says stays first."""
    there = {line.strip().strip("!/") for line in text.splitlines()}
    missing = [pattern for pattern in (*_IGNORED, *others) if pattern.strip("/") not in there]
    if not missing:
        return text
    ends = "\r\n" if "\r\n" in text else "\n"
    apart = "" if not text or text.endswith("\n") else ends
    return text + apart + "".join(f"{line}{ends}" for line in (_LEAD, *missing))

"""The address of a repository's site on GitHub Pages, told by where the repository is."""

import re

_REMOTE = re.compile(
    r"^\s*url\s*=\s*\S*github\.com[:/]([A-Za-z0-9-]+)/([A-Za-z0-9._-]+?)(?:\.git)?/?\s*$", re.MULTILINE
)


def pages_address(config: str) -> str | None:
    """Return the address that GitHub gives the site of the repository in a Git ``config``; None where that is elsewhere."""
    found = _REMOTE.search(config)
    if found is None:
        return None
    host = f"{found[1].lower()}.github.io"
    return f"https://{host}" if found[2].lower() == host else f"https://{host}/{found[2]}"

"""A site that is followed: what is in a folder, and why nothing newer can be brought there."""

from pathlib import Path

from coopcal.site.reader import LiveSite

TROUBLE = "trouble"
"""The file beside the versions of a site that says why nothing newer can be brought there."""


class FollowedSite(LiveSite):
    """The site in a folder into which somebody brings what is published elsewhere."""

    def __init__(self, out: Path, fresh: float, *, beside: bool) -> None:
        super().__init__(out, fresh, beside=beside)
        self._told = out / TROUBLE

    @property
    def trouble(self) -> str:
        """Why the current version cannot be read, or nothing newer can be brought."""
        return super().trouble or self._read()

    def _read(self) -> str:
        try:
            return self._told.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""


def put_trouble(out: Path, reason: str) -> None:
    """Say why nothing newer can be brought into a folder, or, with "", that it can."""
    told = out / TROUBLE
    if not reason:
        told.unlink(missing_ok=True)
        return
    out.mkdir(parents=True, exist_ok=True)
    aside = told.with_suffix(".new")
    aside.write_text(f"{reason}\n", encoding="utf-8")
    aside.replace(told)

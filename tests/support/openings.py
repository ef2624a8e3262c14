"""What opens the private feeds of a site, put beside it by hand."""

from pathlib import Path

from coopcal.site.tokens import Opening, putting


def put_openings(out: Path, openings: tuple[Opening, ...]) -> None:
    with putting(out) as put:
        put(openings)

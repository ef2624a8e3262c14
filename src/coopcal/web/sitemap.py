"""``/sitemap.xml``: every page in every language, for search engines (sitemaps.org)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, abort

from coopcal.site.reader import Site
from coopcal.site.record import StretchRecord
from coopcal.web import language
from coopcal.web.current import site
from coopcal.web.links import whole

LARGEST = 2_000
"""Addresses in one file, with those of the other languages that each names; 50,000 and 50 MB are allowed."""

CACHING = "public, max-age=3600"
_BEGINNING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

blueprint = Blueprint("sitemap", __name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page by its path without a language, and when what it shows changed last, if that is known."""

    path: str
    modified: datetime | None = None


@blueprint.get("/sitemap.xml")
def pages() -> Response:
    """List all pages, or the lists of them where one would be too long."""
    compiled = site()
    count = sum(1 for _ in _pages(compiled)) * len(compiled.manifest.languages)
    largest = _largest(compiled)
    if count <= largest:
        return _answer(_list(_urls(compiled, 0)))
    parts = "".join(
        f"<sitemap><loc>{escape(whole(f'/sitemap-{number}.xml'))}</loc></sitemap>\n"
        for number in range(1, -(-count // largest) + 1)
    )
    return _answer(f"<sitemapindex {_NAMESPACE}>\n{parts}</sitemapindex>\n")


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """List a part of the pages."""
    urls = _urls(site(), (number - 1) * _largest(site())) if number else ()
    if not urls:
        abort(404)
    return _answer(_list(urls))


def _pages(compiled: Site) -> Iterator[Listed]:
    yield Listed("/")
    yield Listed("/builder/")
    organisations = {one.id for one in compiled.organisations}
    for name, entry in sorted(compiled.feeds.items()):
        if name == entry.id and not entry.gone:
            yield Listed(f"/{'organisations' if name in organisations else 'feeds'}/{name}/", entry.modified)
            yield Listed(f"/feeds/{name}/subscribe/")
    for name in sorted(organisations):
        if name not in compiled.feeds or compiled.feeds[name].gone:
            yield Listed(f"/organisations/{name}/")
    for event in compiled.events:
        if not isinstance(event, StretchRecord):
            yield Listed(event.address, event.modified)


def _largest(compiled: Site) -> int:
    """Return how many addresses are in one file, where each names all its languages."""
    return max(LARGEST // len(compiled.manifest.languages), 1)


def _urls(compiled: Site, start: int) -> tuple[str, ...]:
    """Return pages in each of their languages, with all of them: as many as one file lists, from a number on."""
    count, largest = len(compiled.manifest.languages), _largest(compiled)
    first, skipped = divmod(start, count)
    pages = islice(_pages(compiled), first, first + -(-largest // count) + 1)
    return tuple(islice(_in_languages(compiled, pages), skipped, skipped + largest))


def _in_languages(compiled: Site, pages: Iterable[Listed]) -> Iterator[str]:
    languages, base_url = compiled.manifest.languages, compiled.manifest.base_url
    for page in pages:
        by_language = {tag: f"{base_url}{language.localised(page.path, tag)}" for tag in languages}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(address)}/>'
            for tag, address in by_language.items()
            if len(languages) > 1
        )
        when = f"<lastmod>{page.modified.date()}</lastmod>" if page.modified else ""
        for address in by_language.values():
            yield f"<url><loc>{escape(address)}</loc>{when}{others}</url>\n"


def _list(urls: tuple[str, ...]) -> str:
    xhtml = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"<urlset {_NAMESPACE} {xhtml}>\n{''.join(urls)}</urlset>\n"


def _answer(content: str) -> Response:
    answer = Response(_BEGINNING + content, mimetype="application/xml")
    answer.headers["Cache-Control"] = CACHING
    return answer

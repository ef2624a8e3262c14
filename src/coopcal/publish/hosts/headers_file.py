"""``_headers``: how Netlify and Cloudflare Pages are told with which headers they are to send files."""

from collections.abc import Iterable, Mapping

from coopcal.publish.hosts.kinds import (
    BY_NAME,
    CACHING,
    ENDINGS,
    EVERYWHERE,
    OPEN,
    POLICY,
    RESOURCE,
    ROBOTS,
    SCHEMA,
    SCHEMA_TYPE,
    TYPES,
)

PATH = "_headers"

MOST_RULES = 100
"""Rules that Cloudflare reads."""

LONGEST_LINE = 2_000
"""Characters of a line that Cloudflare reads."""

Rule = tuple[str, Mapping[str, str]]


def headers_file(languages: tuple[str, ...], endings: Iterable[str]) -> str:
    """Return the file for a site in these languages beside the usual one, with documents whose names have these ``endings``.

    In Cloudflare's reading of patterns no header is given twice to an address, as it would send both. Netlify reads a slash at the
    end as if it were not there, and lets the last rule win: what is said of pages comes before what is said of files beside them.
    Should there be more documents' endings or languages than there is room for, the last ones are left out.
    """
    rules = (*_rules(), *_of_documents(endings), *_homes(languages))[:MOST_RULES]
    blocks = (
        "\n".join((pattern, *(f"  {name}: {value}" for name, value in headers.items())))
        for pattern, headers in rules
    )
    return "\n".join(blocks) + "\n"


def _rules() -> tuple[Rule, ...]:
    page, asking, frame, fragment = (
        BY_NAME[name].headers for name in ("page", "asking", "frame", "fragment")
    )
    return (
        ("/*", dict(EVERYWHERE)),
        ("/", page),
        ("/*/", _only(page, CACHING)),
        *((pattern, _only(page, POLICY)) for pattern in _everywhere("events/*/", "help/*")),
        *(
            (pattern, _only(asking, POLICY))
            for pattern in _everywhere("feeds/*/", "organisations/*/", "search/", "builder/")
        ),
        ("/embed/*", _only(frame, ROBOTS, RESOURCE)),
        ("/embed/*/", _only(frame, POLICY)),
        ("/embed/:feed/:view", _only(fragment, CACHING, OPEN)),
        ("/embed/:feed/:view/:month", _only(fragment, CACHING, OPEN)),
        *((f"/feeds/*.{ending}", _typed(ending, "feed")) for ending in ENDINGS),
        ("/feeds/*.svg", _typed("svg", "code")),
        ("/:language/feeds/*.json", _typed("json", "described")),
        ("/:language/feeds/*.svg", _typed("svg", "code")),
        ("/*/event.ics", {"Content-Type": TYPES["ics"], **BY_NAME["copy"].headers}),
        ("/embed.js", BY_NAME["script"].headers),
        ("/embed.*.js", BY_NAME["pinned"].headers),
        ("/static/*", _only(BY_NAME["asset"].headers, CACHING)),
        ("/colours.*", _only(BY_NAME["asset"].headers, CACHING)),
        (f"/{SCHEMA}", {"Content-Type": SCHEMA_TYPE, **BY_NAME["description"].headers}),
        ("/openapi.json", BY_NAME["description"].headers),
        ("/site.json", BY_NAME["memory"].headers),
        ("/publication.json", BY_NAME["listing"].headers),
        ("/sitemap.xml", BY_NAME["map"].headers),
    )


def _everywhere(*patterns: str) -> Iterable[str]:
    """Return the patterns of pages in the usual language, and in any other."""
    return (f"{prefix}/{pattern}" for pattern in patterns for prefix in ("", "/:language"))


def _typed(ending: str, kind: str) -> dict[str, str]:
    return {"Content-Type": TYPES[ending], **BY_NAME[kind].headers}


def _of_documents(endings: Iterable[str]) -> Iterable[Rule]:
    """Return the rules of documents; feeds of events are no documents, whatever the ending of these is."""
    document = BY_NAME["document"].headers
    return (
        (f"/events/*.{ending}", document) for ending in sorted(set(endings)) if ending not in ("ics", "html")
    )


def _homes(languages: tuple[str, ...]) -> Iterable[Rule]:
    """Return the rules of the first page in other languages: no pattern tells it from other pages."""
    return ((f"/{language}/", _only(BY_NAME["page"].headers, POLICY)) for language in languages)


def _only(headers: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: headers[name] for name in names}

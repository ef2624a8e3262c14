"""An ``.htaccess`` with which Apache 2.4 sends the files of a site."""

import re
from collections.abc import Iterable, Iterator

from coopcal.publish.hosts.facts import NOTHING_LEFT, Facts
from coopcal.publish.hosts.kinds import CACHING, EVERYWHERE, KINDS, SCHEMA, SCHEMA_TYPE, otherwise


def apache(facts: Facts) -> str:
    """Return what is put into the folder of the published files as ``.htaccess``; it needs mod_headers and mod_rewrite."""
    return "\n".join((*_types(facts), *_headers(facts), *_rewriting(facts))) + "\n"


def _types(facts: Facts) -> Iterator[str]:
    yield "DirectoryIndex index.html"
    yield "Options -Indexes -MultiViews"
    yield f"ErrorDocument 404 {facts.base}/404.html"
    for ending, kind in sorted(facts.types.items()):
        yield f"AddType {_quoted(kind)} .{ending}"
    yield f'<Files "{SCHEMA}">\n    ForceType {SCHEMA_TYPE}\n</Files>'
    yield "<IfModule mod_deflate.c>"
    yield "    AddOutputFilterByType DEFLATE text/html text/calendar text/css text/csv text/javascript text/markdown text/plain"
    yield "    AddOutputFilterByType DEFLATE application/json application/calendar+json application/atom+xml application/rss+xml"
    yield "</IfModule>"


def _headers(facts: Facts) -> Iterator[str]:
    """Return what is sent; of the kinds that fit, the first in their order is the last that is said."""
    *special, _ = KINDS
    for kind in reversed(special):
        yield f"SetEnvIf Request_URI {_quoted(kind.expression(facts.base, facts.languages))} coopcal={kind.name}"
    for name, value in (*EVERYWHERE, *KINDS[-1].headers.items()):
        yield f"Header {_when(name)}set {name} {_quoted(value)}"
    for kind in special:
        for name, value in otherwise(kind):
            yield f"Header {_when(name)}set {name} {_quoted(value)} \"expr=reqenv('coopcal') == '{kind.name}'\""
    yield f'Header unset {CACHING} "expr=%{{REQUEST_STATUS}} -ge 400"'
    yield f'Header always set {CACHING} "no-store" "expr=%{{REQUEST_STATUS}} -ge 400"'


def _when(name: str) -> str:
    """Return with which answers a header is sent: errors are not kept."""
    return "" if name == CACHING else "always "


def _rewriting(facts: Facts) -> Iterator[str]:
    languages = f"((?:(?:{'|'.join(map(re.escape, facts.languages))})/)?)" if facts.languages else "()"
    yield "RewriteEngine On"
    if facts.forward:
        below = facts.forwarded.replace(f"^{re.escape(facts.base)}(/", "^(", 1)
        yield f'RewriteRule "{below}" "{facts.forward}/$1" [R=308,L]'
    for former, now in facts.moved:
        yield f'RewriteRule "^{languages}{former[1:]}((?:.*/)?)$" "{facts.base}/$1{now[1:]}$2" [R=308,L]'
    yield from _gone(f"^{languages}(?:feeds|embed)/(?:{{}})(?:[./]|$)", facts.ended)
    yield from _gone(f"^{languages}events/(?:{{}})(?:/|$)", facts.removed)
    yield f"ErrorDocument 410 {_quoted(' '.join(dict.fromkeys((NOTHING_LEFT, *facts.ended.values()))))}"


def _gone(pattern: str, names: Iterable[str]) -> Iterator[str]:
    known = [re.escape(name) for name in names]
    if known:
        yield "RewriteCond %{REQUEST_FILENAME} !-f"
        yield "RewriteCond %{REQUEST_FILENAME} !-d"
        yield f'RewriteRule "{pattern.format("|".join(known))}" - [G]'


def _quoted(text: str) -> str:
    return f'"{text}"'

"""A site of a Caddyfile with which Caddy 2 sends the files of a site."""

import re
from collections.abc import Iterator

from coopcal.publish.hosts.facts import NOTHING_LEFT, Facts
from coopcal.publish.hosts.kinds import EVERYWHERE, KINDS, SCHEMA, SCHEMA_TYPE


def caddy(facts: Facts, root: str) -> str:
    """Return what is put into the Caddyfile; ``root`` is the folder that the root of the host is."""
    route = ("encode gzip", *_headers(facts), *_moved(facts), *_gone(facts), "file_server")
    lines = (f"root * {root}", "route {", *(f"\t{line}" for line in route), "}", *_errors(facts))
    return "\n".join((f"{facts.host} {{", *(f"\t{line}" for line in lines), "}")) + "\n"


def _headers(facts: Facts) -> Iterator[str]:
    """Return what is sent; of the kinds that fit, the first in their order is the last that is said."""
    *special, usual = KINDS
    for name, value in (*EVERYWHERE, *usual.headers.items()):
        yield f"header {name} `{value}`"
    for kind in reversed(special):
        yield f"@{kind.name} path_regexp {kind.name} `{kind.expression(facts.base, facts.languages)}`"
        for name, value in kind.headers.items():
            yield f"header @{kind.name} {name} `{value}`"
    for ending, kind_of in sorted(facts.types.items()):
        yield f"@type_{ending} path_regexp `^{re.escape(facts.base)}/.*\\.{re.escape(ending)}$`"
        yield f"header @type_{ending} Content-Type `{kind_of}`"
    yield f"header {facts.base}/{SCHEMA} Content-Type {SCHEMA_TYPE}"


def _moved(facts: Facts) -> Iterator[str]:
    if facts.forward:
        yield "@forward {"
        yield f"\tpath_regexp ^{re.escape(facts.base)}/(.*/)?$"
        yield f"\tnot path {facts.base}/embed/*"
        yield "}"
        yield "route @forward {"
        if facts.base:
            yield f"\turi strip_prefix {facts.base}"
        yield f"\tredir {facts.forward}{{uri}} 308"
        yield "}"
    for number, (former, now) in enumerate(facts.moved):
        yield f"@moved{number} path_regexp moved{number} `{_begins(facts)}{former}((?:.*/)?)$`"
        yield f"redir @moved{number} {facts.base}{{re.moved{number}.1}}{now}{{re.moved{number}.2}} 308"


def _gone(facts: Facts) -> Iterator[str]:
    """Return what has ended, as far as no file is there."""
    gone = [(f"(?:feeds|embed)/{re.escape(name)}(?:[./]|$)", said) for name, said in facts.ended.items()]
    gone += [(f"events/{re.escape(name)}(?:/|$)", NOTHING_LEFT) for name in facts.removed]
    for number, (pattern, sentence) in enumerate(gone):
        yield f"@gone{number} {{"
        yield f"\tpath_regexp `{_begins(facts)}/{pattern}`"
        yield "\tnot file {path} {path}/index.html"
        yield "}"
        yield f"respond @gone{number} `{sentence}` 410"


def _begins(facts: Facts) -> str:
    languages = f"((?:/(?:{'|'.join(map(re.escape, facts.languages))}))?)" if facts.languages else "()"
    return f"^{re.escape(facts.base)}{languages}"


def _errors(facts: Facts) -> Iterator[str]:
    yield "handle_errors {"
    yield f"\trewrite * {facts.base}/404.html"
    yield "\theader Cache-Control no-store"
    yield "\tfile_server"
    yield "}"

"""The configuration of nginx for the files of a site."""

import re
from collections.abc import Iterable, Iterator

from coopcal.publish.hosts.facts import NOTHING_LEFT, Facts
from coopcal.publish.hosts.kinds import CACHING, EVERYWHERE, KINDS, SCHEMA, SCHEMA_TYPE, VARYING

_PACKED = ("text/", "+json", "/json", "+xml", "/xml")
"""What the content types have in them of files that are worth compressing."""

_SERVER = """\
server {{
    listen 80;
    listen [::]:80;
    server_name {host};
    root {root};
    absolute_redirect off;
    charset off;
    default_type application/octet-stream;
    types {{
{types}
    }}
    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length 250;
    gzip_types {packed};
    # gzip_static on;  # where the files are published with --precompressed
{headers}

    location {base}/ {{
        if ($coopcal_moved) {{
            return 308 $coopcal_moved;
        }}
        try_files $uri ${{uri}}index.html @coopcal_missing;
    }}
    location = {base}/{schema} {{
        types {{ }}
        default_type {schema_type};
    }}
    location @coopcal_missing {{
        types {{ }}
        default_type "text/plain; charset=utf-8";
        if (-f $document_root$uri/index.html) {{
            return 308 $uri/;
        }}
        if ($coopcal_ended) {{
            return 410 $coopcal_ended;
        }}
        error_page 404 {base}/404.html;
        return 404;
    }}
}}
"""


def nginx(facts: Facts, root: str) -> str:
    """Return what is put into a file of its own in ``/etc/nginx/conf.d``; ``root`` is the folder that the root of the host is.

    An address leads on where it moved, then to a file, then to its page, then it is gone, and else it is not there.
    """
    return "\n".join((*_maps(facts), _server(facts, root)))


def _maps(facts: Facts) -> Iterator[str]:
    for name in VARYING:
        yield _map("$uri", _variable(name), _by_kind(facts, name))
    yield _map(
        "$status", "$coopcal_caching", [("~^3", ""), ("~^[45]", "no-store"), ("default", _variable(CACHING))]
    )
    yield _map("$uri", "$coopcal_moved", _moved(facts))
    yield _map("$uri", "$coopcal_ended", _ended(facts))


def _by_kind(facts: Facts, name: str) -> Iterator[tuple[str, str]]:
    """Return the value of a header for each kind, up to the last that has one."""
    kinds = list(KINDS)
    while name not in kinds[-1].headers:
        kinds.pop()
    for kind in kinds:
        yield f"~{kind.expression(facts.base, facts.languages)}", kind.headers.get(name, "")


def _moved(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.forward:
        yield f"~{facts.forwarded}", f"{facts.forward}$1$is_args$args"
    for former, now in facts.moved:
        yield f"~^{re.escape(facts.base)}{_languages(facts)}{former}((?:.*/)?)$", f"{facts.base}$1{now}$2"


def _ended(facts: Facts) -> Iterator[tuple[str, str]]:
    begins = f"~^{re.escape(facts.base)}{_languages(facts)}"
    for name, sentence in facts.ended.items():
        yield f"{begins}/(?:feeds|embed)/{re.escape(name)}(?:[./]|$)", f"{sentence}\\n"
    for event in facts.removed:
        yield f"{begins}/events/{re.escape(event)}(?:/|$)", f"{NOTHING_LEFT}\\n"


def _languages(facts: Facts) -> str:
    return f"((?:/(?:{'|'.join(map(re.escape, facts.languages))}))?)" if facts.languages else "()"


def _server(facts: Facts, root: str) -> str:
    always = (*EVERYWHERE, *((name, _variable(name)) for name in VARYING if name != CACHING))
    headers = (*always, (CACHING, "$coopcal_caching"))
    packed = sorted(
        {kind for kind in facts.types.values() if any(part in kind for part in _PACKED)} | {SCHEMA_TYPE}
    )
    return _SERVER.format(
        host=facts.host,
        root=root,
        base=facts.base,
        types="\n".join(f"        {_quoted(kind)} {ending};" for ending, kind in sorted(facts.types.items())),
        packed=" ".join(map(_quoted, packed)),
        headers="\n".join(f"    add_header {name} {_quoted(value)} always;" for name, value in headers),
        schema=SCHEMA,
        schema_type=SCHEMA_TYPE,
    )


def _variable(name: str) -> str:
    """Return the variable that holds the value of a header."""
    return f"$coopcal_{name.lower().replace('-', '_')}"


def _map(of: str, to: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = (f"    {_quoted(pattern)} {_quoted(value)};" for pattern, value in rows)
    return "\n".join((f"map {of} {to} {{", *lines, "}"))


def _quoted(text: str) -> str:
    return f'"{text}"'

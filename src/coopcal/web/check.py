"""``/check/``: a file of the sources is pasted, and its problems are shown; nothing of it is kept."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, abort, current_app, request

from coopcal.model.paste import Findings, Kind, Refusal
from coopcal.text.catalogues import language_of
from coopcal.web import language
from coopcal.web.language import gettext, ngettext
from coopcal.web.pages.blueprint import page

Checker = Callable[[bytes, Kind, str], Findings | Refusal]

blueprint = Blueprint("check", __name__)
blueprint.url_value_preprocessor(language.take)
blueprint.before_request(language.settle)

LARGEST = 256_000
"""Bytes that a text may have."""

FORM = 4_000
"""Bytes that the form may have around it."""

LARGEST_REQUEST = LARGEST + FORM
"""Bytes of the largest request that is taken: no other page takes any."""


def pages(checker: Checker) -> Callable[[Flask], None]:
    """Return what adds ``/check/`` to an application, where ``checker`` checks what is pasted."""

    def add(app: Flask) -> None:
        app.extensions["coopcal_checker"] = checker
        app.register_blueprint(blueprint)
        app.register_blueprint(blueprint, name="check-by-language", url_prefix="/<language:language>")

    return add


@blueprint.get("/check/")
def empty() -> Response:
    """Show where to paste."""
    return _form("", Kind.ORGANISATION)


@blueprint.post("/check/")
def check() -> Response:
    """Show what is wrong with what was sent: the chosen file, else the pasted text."""
    request.max_content_length = request.max_form_memory_size = LARGEST_REQUEST
    kind = request.form.get("kind", Kind.ORGANISATION.value)
    if kind not in set(Kind):
        abort(400)
    file = request.files.get("file")
    content = file.read() if file else b""
    content = content or request.form.get("text", "").encode()
    if len(content) > LARGEST:
        abort(413)
    shown = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if not shown.strip():
        return _form(shown, Kind(kind), nothing=True)
    checker: Checker = current_app.extensions["coopcal_checker"]
    outcome = checker(content, Kind(kind), language.current())
    answer = _form(shown, Kind(kind), outcome=outcome)
    if outcome is Refusal.BUSY:
        answer.status_code = 503
        answer.headers["Retry-After"] = "10"
    return answer


def _form(
    text: str, kind: Kind, *, outcome: Findings | Refusal | None = None, nothing: bool = False
) -> Response:
    findings = outcome if isinstance(outcome, Findings) else None
    counts = _counts(findings) if findings else ""
    answer = page(
        "check.html",
        text=text,
        kind=kind,
        kinds=_kinds(),
        severities={"error": gettext("error"), "warning": gettext("warning"), "note": gettext("note")},
        findings=findings,
        told_in=language_of(language.current()) or "en",
        counts=counts,
        refusal=outcome if isinstance(outcome, Refusal) else None,
        nothing=nothing,
        largest=LARGEST // 1000,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _kinds() -> dict[Kind, str]:
    return {
        Kind.ORGANISATION: gettext("An organisation, with its events"),
        Kind.EVENTS: gettext("An additional event file"),
        Kind.FEED: gettext("A feed"),
        Kind.SITE: gettext("The site, coopcal.yaml"),
    }


def _counts(findings: Findings) -> str:
    """Return how many problems of each severity there are: “2 errors, 1 note”; "" where there are none."""
    severities = [finding.severity for finding in findings.shown]
    counts = [_count(name, severities.count(name)) for name in dict.fromkeys(severities)]
    more = [ngettext("%(num)s more", "%(num)s more", findings.more)] if findings.more else []
    return ", ".join(counts + more)


def _count(severity: str, number: int) -> str:
    match severity:
        case "error":
            return str(ngettext("%(num)s error", "%(num)s errors", number))
        case "warning":
            return str(ngettext("%(num)s warning", "%(num)s warnings", number))
        case _:
            return str(ngettext("%(num)s note", "%(num)s notes", number))

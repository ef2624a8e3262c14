"""What is wrong with a request, in a few words."""

from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from coopcal.web import language
from coopcal.web.current import site
from coopcal.web.headers import PAGE_CACHING
from coopcal.web.language import gettext as _


def show_error(error: HTTPException) -> Response:
    """Show what is wrong with a request; a redirection is no error."""
    code = error.code or 500
    if 300 <= code < 400:  # noqa: PLR2004
        return make_response(error.response or error.get_response())
    answer = _error(code)
    if code == 503:  # noqa: PLR2004
        answer.headers["Retry-After"] = "60"
    for name, value in error.get_headers():
        if name.lower() == "allow":
            answer.headers[name] = value
    return answer


def show_failure(error: Exception) -> Response:
    """Log what failed, and show none of it."""
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _error(500)


def moved(address: str) -> Response:
    """Return a page that leads to another address by itself, for hosts of files, which have no redirects."""
    origin = urlsplit(site().manifest.base_url)._replace(path="").geturl()
    answer = make_response(
        render_template(
            "moved.html",
            address=address,
            canonical=f"{origin}{address}",
            tongue=language.babel_locale().language,
        )
    )
    answer.headers["Cache-Control"] = PAGE_CACHING
    answer.headers["Location"] = address
    return answer


def _error(code: int) -> Response:
    words = {
        400: (_("Not understood"), _("This address asks for something that is not there to be asked for.")),
        404: (_("Not found"), _("There is nothing at this address.")),
        405: (_("Not allowed"), _("This address can be read, and nothing else.")),
        410: (_("Gone"), _("What was here has ended.")),
        413: (
            _("Too large"),
            _("This is more than is taken here. Split it, or check it with the command coopcal check."),
        ),
        503: (_("Not ready"), _("Nothing has been published yet. Please try again in a minute.")),
    }
    title, sentence = words.get(code, (_("Something went wrong"), _("Please try again later.")))
    answer = make_response(
        render_template("error.html", title=title, said=sentence, tongue=language.babel_locale().language),
        code,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer

"""What a server that counts adds: the counts, for pages that tell of them, and ``/metrics``, for those who know its token."""

import hashlib
import hmac
from collections.abc import Callable, Iterator

from flask import Blueprint, Flask, Response, abort, current_app, request

from coopcal import __version__
from coopcal.counting import prometheus
from coopcal.counting.keeper import Keeper
from coopcal.counting.prometheus import Metric, gauge
from coopcal.site.layout import SiteError
from coopcal.web.current import instant
from coopcal.web.pages.feed_health import COUNTING

blueprint = Blueprint("counted", __name__)


def pages(keeper: Keeper | None, token: str) -> Callable[[Flask], None]:
    """Return what gives an application its counts, and ``/metrics`` to whoever shows the token; without one, to nobody."""

    def add(app: Flask) -> None:
        if keeper is not None:
            app.extensions[COUNTING] = keeper
        app.extensions["coopcal_metrics_token"] = token
        if token and keeper is not None:
            app.register_blueprint(blueprint)

    return add


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return the counts of all processes, and how the site is (Prometheus, text format 0.0.4)."""
    if not _is_known(request.headers.get("Authorization", "")):
        answer = Response("Who asks for numbers shows a token: Authorization: Bearer …\n", 401)
        answer.headers["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return _fresh(answer, "text/plain; charset=utf-8")
    keeper: Keeper = current_app.extensions[COUNTING]
    counts = keeper.total()
    if counts is None:
        abort(503)
    told = [*_of_site(), gauge("coopcal_counts_waiting", _WAITING, float(bool(keeper.trouble)))]
    live = current_app.extensions["coopcal"]
    try:
        public = frozenset(live.current().feeds)
    except SiteError:
        public = frozenset()
    body = prometheus.text([*told, *prometheus.of_counts(counts, public)])
    return _fresh(Response(body), prometheus.CONTENT_TYPE)


_WAITING = "Whether counts cannot be written, and wait in memory."


def _is_known(authorization: str) -> bool:
    """Return whether the token is shown; how long that takes tells nothing of it."""
    scheme, _, shown = authorization.partition(" ")
    wanted: str = current_app.extensions["coopcal_metrics_token"]
    digests = (hashlib.sha256(one.encode("utf-8", "replace")).digest() for one in (shown.strip(), wanted))
    return hmac.compare_digest(*digests) and scheme.lower() == "bearer"


def _of_site() -> Iterator[Metric]:
    live = current_app.extensions["coopcal"]
    yield gauge("coopcal_info", "The version of coopcal.", 1, {"version": __version__})
    try:
        site = live.current()
    except SiteError:
        yield gauge("coopcal_site_ready", "Whether there is a site to serve.", 0)
        return
    good_until = site.manifest.good_until
    feeds = {entry.id for entry in site.feeds.values() if not entry.gone}
    yield gauge("coopcal_site_ready", "Whether there is a site to serve.", 1)
    yield gauge(
        "coopcal_site_compiled_timestamp_seconds",
        "When the site that is served was compiled.",
        site.manifest.compiled_at.timestamp(),
    )
    yield gauge(
        "coopcal_site_past_good_until",
        "Whether unchanged sources would give another site by now.",
        float(good_until is not None and instant() >= good_until),
    )
    yield gauge("coopcal_site_trouble", "Whether a newer site cannot be read.", float(bool(live.trouble)))
    yield gauge("coopcal_site_feeds", "Feeds that are served.", len(feeds))
    yield gauge(
        "coopcal_organisations_held",
        "Organisations that stay as they were last good.",
        len(site.manifest.held),
    )


def _fresh(answer: Response, kind: str) -> Response:
    answer.headers["Content-Type"] = kind
    answer.headers["Cache-Control"] = "no-store"
    return answer

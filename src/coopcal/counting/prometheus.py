"""Numbers as Prometheus reads them: its text format, version 0.0.4."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coopcal.counting.counts import BOUNDS, FAILED, PUBLISHED, Counts

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

MOST_FEEDS = 1_000
"""Feeds that are told one by one; where there are more, families alone are told."""

Labels = Mapping[str, str]
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: its name, kind and help, and samples: a suffix of the name, labels, and a number."""

    name: str
    kind: str
    help: str
    samples: tuple[tuple[str, Labels, float], ...]


def gauge(name: str, told: str, value: float, labels: Labels | None = None) -> Metric:
    """Return a number that goes up and down."""
    return Metric(name, "gauge", told, (("", labels or {}, value),))


def text(metrics: Iterable[Metric]) -> bytes:
    """Return metrics as text."""
    return "".join(line for metric in metrics for line in _lines(metric)).encode()


def of_counts(counts: Counts, public: frozenset[str]) -> Iterator[Metric]:
    """Return what was counted; of feeds, those that are ``public``."""
    yield Metric(
        "coopcal_requests_total",
        "counter",
        "Requests by the kind of their address and the class of the status.",
        tuple(
            ("", {"kind": kind, "status": f"{answered}xx"}, number)
            for (kind, answered), number in sorted(counts.answers.items())
        ),
    )
    yield Metric(
        "coopcal_request_duration_seconds",
        "histogram",
        "How long requests took, by the kind of their address.",
        tuple(_durations(counts)),
    )
    yield from _fetches(counts, public)
    yield Metric(
        "coopcal_compiles_total",
        "counter",
        "Compiles of the server, by what came of them.",
        tuple(("", {"outcome": outcome}, counts.events.get(outcome, 0)) for outcome in (PUBLISHED, FAILED)),
    )


def _durations(counts: Counts) -> Iterator[tuple[str, Labels, float]]:
    for kind in sorted({kind for kind, _ in counts.answers}):
        number = 0
        for bound, limit in enumerate(BOUNDS):
            number += counts.speed[kind, bound]
            yield "_bucket", {"kind": kind, "le": repr(limit)}, number
        number += counts.speed[kind, len(BOUNDS)]
        yield "_bucket", {"kind": kind, "le": "+Inf"}, number
        micros = sum(value for (one, _), value in counts.micros.items() if one == kind)
        yield "_sum", {"kind": kind}, micros / 1_000_000
        yield "_count", {"kind": kind}, number


def _fetches(counts: Counts, public: frozenset[str]) -> Iterator[Metric]:
    by_family: dict[str, int] = {}
    by_feed: dict[tuple[str, str], int] = {}
    for (feed, family, _), number in counts.fetches.items():
        by_family[family] = by_family.get(family, 0) + number
        if feed in public:
            by_feed[feed, family] = by_feed.get((feed, family), 0) + number
    yield Metric(
        "coopcal_fetches_total",
        "counter",
        "Fetches of calendars by the family of the program.",
        tuple(("", {"family": family}, number) for family, number in sorted(by_family.items())),
    )
    if len(public) <= MOST_FEEDS:
        yield Metric(
            "coopcal_feed_fetches_total",
            "counter",
            "Fetches of a calendar by the family of the program.",
            tuple(
                ("", {"feed": feed, "family": family}, number)
                for (feed, family), number in sorted(by_feed.items())
            ),
        )


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}\n"
    yield f"# TYPE {metric.name} {metric.kind}\n"
    for suffix, labels, value in metric.samples:
        inside = ",".join(f'{name}="{said.translate(_ESCAPED)}"' for name, said in labels.items())
        yield f"{metric.name}{suffix}{f'{{{inside}}}' if inside else ''} {value!r}\n"

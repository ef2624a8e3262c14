"""A pasted file, checked as if it stood in the sources of the site."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coopcal.authoring.report import excerpt, visible
from coopcal.checks import check as check_rules
from coopcal.compile.mends import Trial, read_back
from coopcal.definitions.catalogue import decode
from coopcal.definitions.codes.dates import (
    NO_SUCH_TIME,
    TWICE_THAT_DAY,
    WHICH_ZONE,
    WRONG_OFFSET,
    WRONG_WEEKDAY,
)
from coopcal.definitions.codes.events import UNKNOWN_CONTACT, UNKNOWN_GROUP, UNKNOWN_PLACE, UNKNOWN_TAG
from coopcal.definitions.codes.series import NO_END_OVER_CLOCK_CHANGE, UNKNOWN_BREAK
from coopcal.definitions.codes.values import UNKNOWN_LANGUAGE
from coopcal.definitions.source.origin import Contents
from coopcal.definitions.source.reader import read_origin
from coopcal.definitions.source.tree import ORGANISATION_FILE, SITE_FILE, SourceTree
from coopcal.model.feed import Feed
from coopcal.model.organisation import Organisation
from coopcal.model.paste import Finding, Findings, Kind, Pasted
from coopcal.model.problem import Position, Problem, in_order, on_other_lines
from coopcal.model.site import Catalogue
from coopcal.model.text import Text
from coopcal.selection.plan import plan
from coopcal.text.catalogues import language_of
from coopcal.text.messages import say

MOST = 100
"""Findings that are shown."""

LONGEST = 1000
"""Characters of a message or a mend that are shown."""

PATHS = {
    Kind.ORGANISATION: "calendars/your-organisation.yaml",
    Kind.EVENTS: "calendars/your-organisation/your-file.yaml",
    Kind.FEED: "feeds/your-feed.yaml",
    Kind.SITE: SITE_FILE,
}
"""Where a pasted file would stand."""

_CLOCKS = frozenset({WHICH_ZONE, NO_SUCH_TIME, TWICE_THAT_DAY, WRONG_OFFSET, NO_END_OVER_CLOCK_CHANGE})
"""What depends on the time zone of the site or the organisation, where the file names none."""

_OF_THE_SITE = frozenset({UNKNOWN_GROUP, UNKNOWN_TAG, UNKNOWN_BREAK})
"""What depends on settings of the site that it does not publish."""

_OF_THE_ORGANISATION = frozenset({UNKNOWN_CONTACT, UNKNOWN_PLACE, UNKNOWN_LANGUAGE, WRONG_WEEKDAY})
"""What depends on the organisation's own file."""


def look_through(pasted: Pasted, today: date) -> Findings:
    """Return what ``coopcal check`` would say of the file, but for what depends on files that are not public."""
    tree, problems = read_origin(Contents(_files(pasted)))
    catalogue, more = decode(tree)
    problems += on_other_lines(more, problems)
    if catalogue is not None:
        among = _among_others(catalogue, pasted)
        problems += check_rules(among, plan(among), None, today)
    path, unknown = PATHS[pasted.kind], _unknowable(pasted.kind, tree)
    ours = [
        problem
        for problem in in_order(problems)
        if problem.position.path == path and problem.code not in unknown
    ]
    mendable = read_back(ours, Trial(tree))
    lines = tree.texts.get(path, "").split("\n")
    language = language_of(pasted.language) or "en"
    return Findings(
        tuple(_finding(problem, lines, language) for problem in mendable[:MOST]), max(len(mendable) - MOST, 0)
    )


def _files(pasted: Pasted) -> dict[str, bytes]:
    settings = {"uid_domain": "example.coop", "languages": list(pasted.languages)}
    files = {SITE_FILE: json.dumps(settings).encode()}
    if pasted.kind is Kind.EVENTS:
        files[f"calendars/your-organisation/{ORGANISATION_FILE}"] = b"name: Your organisation\n"
    return files | {PATHS[pasted.kind]: pasted.content}


def _among_others(catalogue: Catalogue, pasted: Pasted) -> Catalogue:
    """Return the catalogue with the names of what else the site has; that its events are not there proves nothing."""
    place, language = Position(SITE_FILE), pasted.languages[0]
    organisations = (
        Organisation(name, place, Text.of(language, name), pasted.languages, complete=False)
        for name in pasted.organisations
        if catalogue.organisation(name) is None
    )
    feeds = (Feed(name, place) for name in pasted.feeds if name not in pasted.organisations)
    return replace(
        catalogue,
        organisations=(*catalogue.organisations, *organisations),
        feeds=(*catalogue.feeds, *feeds),
        unread=catalogue.unread | {"elsewhere"},
    )


def _unknowable(kind: Kind, tree: SourceTree) -> frozenset[str]:
    if kind is Kind.SITE:
        return frozenset()
    if kind is Kind.EVENTS:
        return _OF_THE_SITE | _OF_THE_ORGANISATION | _CLOCKS
    zoned = any(one.main is not None and one.main.node.get("timezone") for one in tree.organisations)
    return _OF_THE_SITE if zoned else _OF_THE_SITE | _CLOCKS


def _finding(problem: Problem, lines: list[str], language: str) -> Finding:
    place = problem.position
    source, caret = excerpt(lines, place)
    mend = "\n".join(visible(line) for line in _parts(say(problem.mend or "", language)))
    return Finding(
        place.line,
        place.column,
        problem.severity.value,
        problem.code,
        visible(say(problem.message, language)[:LONGEST]),
        mend,
        source,
        "".join(caret),
    )


def _parts(text: str) -> Iterator[str]:
    yield from text[:LONGEST].splitlines()

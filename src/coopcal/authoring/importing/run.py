"""One import, from bytes to files: read, convert, merge, try, write."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from coopcal.authoring.edit import Refusal
from coopcal.authoring.importing import memory
from coopcal.authoring.importing.calendars import Target, events_of
from coopcal.authoring.importing.components import Component, read
from coopcal.authoring.importing.decoding import Trial
from coopcal.authoring.importing.destination import Home
from coopcal.authoring.importing.detection import Form, form_of
from coopcal.authoring.importing.events import Imported
from coopcal.authoring.importing.json_sources import calendars_of_json
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Loss, Losses, any_left_out
from coopcal.authoring.importing.merging import BOTH, OTHER_UID, OUT, Plan, Step, without
from coopcal.authoring.importing.planning import Sources, planned, standing_in
from coopcal.authoring.importing.tables import Asked, Table, calendar_of
from coopcal.authoring.importing.wanted import Choice, without_losses_of
from coopcal.authoring.importing.writing import edited
from coopcal.authoring.write import put_files
from coopcal.compile.checker import Checker
from coopcal.compile.examine import Checked
from coopcal.definitions.codes.files import NO_SITE
from coopcal.definitions.source.node import Listing, Scalar
from coopcal.definitions.source.node import Mapping as Keys
from coopcal.definitions.source.parse import parse
from coopcal.definitions.source.tree import OrganisationFiles
from coopcal.model.message import Message, msg, reason_of
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Problem, Severity
from coopcal.zones import zone as zone_of

_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Given:
    """What is imported: its bytes, the ``path`` that its lines are told by, and what it is remembered as.

    ``name`` is None where the calendar's own name, else the path, is to be remembered.
    """

    data: bytes
    path: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import. ``refusal`` tells why nothing was written; ``files`` are those that were (or would be).

    ``unreadable``: the source is nothing that can be read. ``more`` counts losses of a code that are not in ``losses``.
    """

    steps: Sequence[Step] = ()
    losses: Sequence[Loss] = ()
    files: Sequence[str] = ()
    problems: Sequence[Problem] = ()
    texts: Mapping[str, str] | None = None
    refusal: str | None = None
    unreadable: bool = False
    more: Mapping[LossCode, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """How to import: what was said of a table, what is wanted of all, whether new UIDs are taken over for what is here.

    With ``dry``, nothing is written.
    """

    table: Table = field(default_factory=Table)
    choice: Choice = field(default_factory=Choice)
    adopt: bool = False
    dry: bool = False


def import_events(
    root: Path,
    organisation: str,
    given: Given,
    now: datetime,
    *,
    out: Path,
    wish: Wish,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Import into an organisation. Raise OSError where files cannot be written."""
    progress(msg("Reading the sources"))
    checker = Checker.of(root, now, out)
    before = checker.check()
    tree = before.tree
    files = next((candidate for candidate in tree.organisations if candidate.id == organisation), None)
    into = before.catalogue.organisation(organisation) if before.catalogue else None
    if before.catalogue is None or into is None or files is None or files.main is None:
        return _no_organisation(before, organisation)
    try:
        known = memory.read(root, organisation)
    except memory.MemoryFault as fault:
        return Outcome(refusal=reason_of(fault))
    losses = Losses(given.path)
    progress(msg("Reading the calendar"))
    form = form_of(given.data, given.path)
    if isinstance(form, Message):
        return Outcome(refusal=form, unreadable=True)
    today = now.astimezone(zone_of(before.catalogue.settings.timezone)).date()
    target = Target(root, before.catalogue.settings, into, today, _outright(files))
    calendars = _calendars(form, given, wish.table, target, before.catalogue.organisations, losses)
    if isinstance(calendars, Message):
        return Outcome(refusal=calendars, unreadable=True)
    if isinstance(calendars, Asked):
        return Outcome(losses=losses.found, refusal=calendars.question)
    name, imported = events_of(calendars, target, losses, progress)
    sources = Sources(files, standing_in(files), tree.texts, known)
    imported, others = _wanted(imported, target, wish.choice)
    losses.found = without_losses_of(losses.found, others)
    made = planned(
        before, into, imported, others, sources, given.name or name or given.path, adopt=wish.adopt
    )
    progress(msg("Trying the result"))
    texts, problems = _tried(checker, made, sources, before)
    if isinstance(texts, Refusal):
        refusal = msg("{path}: {why}", path=texts.position.path, why=texts.message)
        return Outcome(made.steps, losses.found, problems=problems, texts=tree.texts, refusal=refusal)
    to_write = {**texts, memory.path_of(organisation): memory.written(made.known)}
    if known == made.known:
        to_write.pop(memory.path_of(organisation))
    if outside := next((path for path in to_write if memory.leads_out(root, root / path)), None):
        refusal = msg(
            "{path} is behind a link that leads out of the folder; put the file itself there", path=outside
        )
        return Outcome(refusal=refusal)
    if to_write and not wish.dry:
        progress(msg("Writing"))
        _write(root, to_write)
    lost = _by_line(losses.found)
    return Outcome(made.steps, lost, list(to_write), problems, {**tree.texts, **texts}, more=losses.more())


def _wanted(
    imported: list[Imported], target: Target, choice: Choice
) -> tuple[list[Imported], list[Imported]]:
    if choice.is_all:
        return imported, []
    return choice.parted(imported, Trial(target.root, target.settings, target.organisation), target.now)


def _write(root: Path, texts: Mapping[str, str]) -> None:
    """Write files, new ones and others, all or none."""
    there = {path: text for path, text in texts.items() if (root / path).exists()}
    put_files(root, {path: text for path, text in texts.items() if path not in there}, there)


def _by_line(losses: Sequence[Loss]) -> list[Loss]:
    return sorted(losses, key=lambda loss: loss.line)


def _no_organisation(before: Checked, organisation: str) -> Outcome:
    errors = [problem for problem in before.problems if problem.severity is Severity.ERROR]
    if no_site := next((error for error in errors if error.code == NO_SITE), None):
        return Outcome(problems=errors, texts=before.texts, refusal=no_site.message)
    there = (
        ", ".join(candidate.id for candidate in before.catalogue.organisations) if before.catalogue else None
    )
    if there is None:
        refusal = msg(
            "There is no organisation “{id}” here that can be read; “coopcal new organisation” makes one",
            id=organisation,
        )
    elif there:
        refusal = msg(
            "There is no organisation “{id}” here that can be read: there are {others}; “coopcal new organisation” makes one",
            id=organisation,
            others=there,
        )
    else:
        refusal = msg(
            "There is no organisation “{id}” here that can be read: there are none; “coopcal new organisation” makes one",
            id=organisation,
        )
    return Outcome(problems=errors, texts=before.texts, refusal=refusal)


def _outright(files: OrganisationFiles) -> bool:
    """Return whether the organisation's defaults tell a zone, or a place that may have one of its own."""
    defaults = files.main.node.get("defaults") if files.main else None
    return isinstance(defaults, Keys) and any(
        name.text in ("timezone", "where") for name, _ in defaults.entries
    )


def _calendars(
    form: Form, given: Given, table: Table, target: Target, others: Sequence[Organisation], losses: Losses
) -> list[Component] | Asked | Message:
    """Return the calendars of a stream: iCalendar, or made of JSON or a table; or what is to be told, or why there are none."""
    if form is Form.CALENDAR:
        return read(given.data, losses)
    losses.made = True
    home = Home(target.organisation, others)
    if form is Form.JSON:
        return calendars_of_json(given.data, home, losses)
    return calendar_of(given.data, table, target.zone, target.languages, home, losses)


def _tried(
    checker: Checker, made: Plan, sources: Sources, before: Checked
) -> tuple[dict[str, str] | Refusal, list[Problem]]:
    """Return the texts that bring no error that was not there; events that would are left out, and that is told."""
    there = Counter(_sign(problem) for problem in before.problems)
    for _ in range(_ROUNDS):
        texts = edited(made, sources.files, sources.standing, sources.texts)
        if isinstance(texts, Refusal):
            return texts, []
        if not texts:
            return {}, []
        problems = checker.check(texts).problems
        more = Counter(_sign(problem) for problem in problems if problem.severity is Severity.ERROR) - there
        wrong = [
            problem for problem in problems if _sign(problem) in more and problem.severity is Severity.ERROR
        ]
        if not wrong:
            return texts, [
                problem
                for problem in problems
                if problem.position.path in texts and _sign(problem) not in there
            ]
        lines = {path: _lines(path, text) for path, text in texts.items()}
        out_of = dict[str, str]()
        for problem in wrong:
            before_it = [
                name for line, name in lines.get(problem.position.path, []) if line <= problem.position.line
            ]
            if before_it and (before_it[-1] in made.added or before_it[-1] in made.changed):
                out_of.setdefault(before_it[-1], problem.message)
        if not out_of:
            return Refusal(
                wrong[0].position, msg("The import would bring an error: {message}", message=wrong[0].message)
            ), wrong
        for name, why in out_of.items():
            without(made, name, sources.standing, sources.known, why)
    return Refusal(
        wrong[0].position, msg("The import would bring errors: {message}", message=wrong[0].message)
    ), wrong


def _sign(problem: Problem) -> tuple[str, str, str]:
    return problem.position.path, problem.code, problem.message


def _lines(path: str, text: str) -> list[tuple[int, str]]:
    """Return the line in which each event of a file begins, and its id."""
    node, _ = parse(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), path)
    listed = node.get("events") if isinstance(node, Keys) else None
    lines = []
    for item in listed.items if isinstance(listed, Listing) else ():
        named = item.get("id") if isinstance(item, Keys) else None
        if isinstance(named, Scalar):
            lines.append((item.position.line, named.text))
    return lines


def left_out(outcome: Outcome) -> bool:
    """Return whether something did not come over that somebody must look at: an event, a date of one, or all that there is."""
    return (
        any(step.kind in (OUT, BOTH, OTHER_UID) for step in outcome.steps)
        or not outcome.steps
        or any_left_out(outcome.losses)
    )

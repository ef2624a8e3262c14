"""``coopcal new event``: an event, or the next edition of one, in its organisation's file."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import click

from coopcal.authoring.edit import Refusal, add_to_event, append_events, source_of, values_of
from coopcal.authoring.edition import Edition, next_edition
from coopcal.authoring.home import file_for, free_id, taken_ids
from coopcal.authoring.text import Value
from coopcal.authoring.trial import EventTrial
from coopcal.build import Checked
from coopcal.cli.instant import now_option
from coopcal.cli.new.asking import Asker, Trial, parted, refuse, words_of
from coopcal.cli.new.options import yes_option
from coopcal.cli.new.writing import next_step, put, read_text, site_or_leave
from coopcal.emit.dates import when as say_when
from coopcal.model.event import Event
from coopcal.model.organisation import Organisation
from coopcal.model.site import Catalogue
from coopcal.model.when import timezone_of
from coopcal.source.node import Listing
from coopcal.source.node import Mapping as Keys
from coopcal.source.tree import SITE_FILE, OrganisationFiles, SourceFile, is_id, proposed_id, read_tree

_REPEATS = re.compile(
    r"(?:every\s+)?(?P<every>.+?)(?:\s+on\s+(?P<on>.+?))?(?:\s+until\s+(?P<until>\S+)|,?\s+(?P<count>\d+)\s+times)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Home:
    """The organisation that an event is of, and its files."""

    one: Organisation
    files: OrganisationFiles
    trial: EventTrial


@click.command()
@click.option("--organisation", metavar="ID", help="Whose event it is; needed where there are several.")
@click.option("--id", "identifier", metavar="ID", help="Its id.  [default: made of the title and the year]")
@click.option("--title", help="What people read in their calendars.")
@click.option("--when", "when", help="The date and time, such as “2026-03-14 09:00/17:30”.")
@click.option("--where", help="A place.")
@click.option("--online", metavar="URL", help="Where it is held online.")
@click.option("--description", help="What it is about, in Markdown.")
@click.option("--tag", "tags", multiple=True, help="A word to select it by.")
@click.option("--repeats", help="How it recurs, such as “every month on second Tuesday until 2027-06-30”.")
@click.option("--like", metavar="ID", help="Make the next edition of this event.")
@click.option(
    "--file", "file", metavar="PATH", help="The file of the organisation's folder to write it into."
)
@yes_option
@now_option
@click.pass_context
def command(
    context: click.Context,
    *,
    organisation: str | None,
    identifier: str | None,
    title: str | None,
    when: str | None,
    where: str | None,
    online: str | None,
    description: str | None,
    tags: tuple[str, ...],
    repeats: str | None,
    like: str | None,
    file: str | None,
    now: datetime,
    yes: bool,
) -> None:
    """Add an event, or the next edition of one (--like)."""
    before, catalogue = site_or_leave(context, now)
    asker = Asker(yes=yes)
    home = _home(context, asker, before, catalogue, organisation)
    last = _found(home.files, like) if like else None
    edition = Edition({}, ())
    keys: dict[str, Value] = {}
    if last is None:
        said = asker.answer(
            "--title", "What is it called?", title, needed=True, trial=_tried(home, "title", keys)
        )
        keys |= {"title": said} if said else {}
    told = _told_when(asker, home, when, keys)
    if last is not None and told is not None:
        first, final = told.days
        edition = next_edition(last[1], first.year, one_day=first == final)
        keys = {"title": edition.keys["title"], "when": keys["when"], **edition.keys}
        if title:
            keys["title"] = title
    for key, question, given in (
        ("where", "Where is it?", where),
        ("online", "Its address online, if it is held online?", online),
        ("description", "What is it about?", description),
    ):
        if (given or key not in keys) and not (last and given is None):
            said = asker.answer(f"--{key}", question, given, trial=_tried(home, key, keys))
            keys |= {key: said} if said else {}
    if tags or last is None:
        known = ", ".join(tag for tag, _ in catalogue.settings.tags or ())
        question = f"Tags, parted by commas (known: {known})?" if known else "Tags, parted by commas?"
        found = asker.several("--tag", question, tags, trial=_tried(home, "tags", keys, several=True))
        keys |= {"tags": found} if found else {}
    if repeats or last is None:
        question = "Does it repeat (such as “every month on second Tuesday”; empty: no)?"
        said = asker.answer("--repeats", question, repeats, trial=_repeats_trial(home, keys))
        keys |= {"repeats": repeats_of(said)} if said else {}
    asker.all_there()
    assert told is not None, "without an answer the command has ended"
    keys = {"id": _identifier(asker, identifier, home.one, before, keys, told), **keys}
    target = _target(home, file, told.days[0])
    edited = _edited(context, target, keys, last)
    put(context, before, now, edited=edited)
    for line in edition.told:
        click.echo(f"Look at it: {line}.")
    next_step(context, "Next: coopcal check, then coopcal serve; coopcal new event adds another one.")


def _home(
    context: click.Context, asker: Asker, before: Checked, catalogue: Catalogue, given: str | None
) -> _Home:
    known = [one.id for one in catalogue.organisations]
    if not known:
        click.echo("There is no organisation yet. Start with: coopcal new organisation", err=True)
        context.exit(2)
    usual = known[0] if len(known) == 1 else None

    def trial(said: str) -> list[str]:
        return [] if said in known else [f"There is no organisation “{said}”; there are: {', '.join(known)}."]

    chosen = asker.answer(
        "--organisation",
        f"Whose event is it ({', '.join(known)})?",
        given,
        usual=usual,
        needed=True,
        trial=trial,
    )
    asker.all_there()
    one = catalogue.organisation(chosen or "")
    tree, _ = read_tree(context.obj.root)
    files = next((each for each in tree.organisations if each.id == chosen), None)
    if one is None or files is None or files.main is None:
        refuse(f"The file of “{chosen}” has to be mended first: coopcal check")
    return _Home(one, files, EventTrial(before.texts[SITE_FILE], one.id, files.main.node))


def _told_when(asker: Asker, home: _Home, given: str | None, keys: dict[str, Value]) -> Event | None:
    """Ask when it is, say it in words with its weekday, and ask again where that was not meant."""
    while True:
        said = asker.answer(
            "--when",
            "When (such as 2026-03-14 09:00/17:30; or a day, a month, a year)?",
            given,
            needed=True,
            trial=_tried(home, "when", keys),
        )
        if said is None:
            return None
        keys["when"] = said
        event, _ = home.trial(keys)
        if event is None:
            return None
        zone = timezone_of(event.when)
        words = say_when(event.when, "en") + (f" ({zone})" if zone else "")
        if not asker.talks:
            click.echo(f"When: {words}")
            return event
        if asker.confirm(f"  {words}: is that right?"):
            return event
        given = None


def _tried(home: _Home, key: str, keys: Mapping[str, Value], *, several: bool = False) -> Trial:
    def trial(said: str) -> list[str]:
        return words_of(home.trial({**keys, key: parted(said) if several else said})[1])

    return trial


def _repeats_trial(home: _Home, keys: Mapping[str, Value]) -> Trial:
    return lambda said: words_of(home.trial({**keys, "repeats": repeats_of(said)})[1])


def repeats_of(said: str) -> dict[str, Value]:
    """Read how an event recurs, said in one line."""
    match = _REPEATS.fullmatch(said.strip())
    return {key: value for key, value in match.groupdict().items() if value} if match else {"every": said}


def _identifier(
    asker: Asker,
    given: str | None,
    one: Organisation,
    before: Checked,
    keys: Mapping[str, Value],
    event: Event,
) -> str:
    published = before.published
    known: Collection[str] = ()
    if published:
        known = {each.key for each in published.events.values()} | published.removed
    taken = taken_ids(one, known)
    title = keys.get("title", "")
    name = next(iter(title.values())) if isinstance(title, Mapping) else title
    year = None if "repeats" in keys else event.days[0].year

    def trial(said: str) -> list[str]:
        if not is_id(said):
            return [
                "An id is of lower-case letters a to z, digits and single hyphens.",
                f"mend: {proposed_id(said) or 'an-id'}",
            ]
        return [f"The id “{said}” {taken[said]}."] if said in taken else []

    usual = free_id(str(name), year, taken)
    return (
        asker.answer("--id", "Its id (it never changes)", given, usual=usual, needed=True, trial=trial)
        or usual
    )


def _target(home: _Home, file: str | None, day: date) -> str:
    paths = [each.path for each in _files(home.files)]
    if file is None:
        return file_for(home.files, home.one, day) or paths[0]
    for path in paths:
        if file == path or file == path.rsplit("/", 1)[-1] or file.endswith(f"/{path}"):
            return path
    return refuse(f"--file: {file} is no file of “{home.one.id}”; there are: {', '.join(paths)}.")


def _edited(
    context: click.Context,
    target: str,
    keys: Mapping[str, Value],
    last: tuple[SourceFile, Mapping[str, Value]] | None,
) -> dict[str, str]:
    """Give the files as they will be: the event in its file, and both editions in one series."""
    edited: dict[str, str] = {}
    if last is not None and "series" not in keys:
        file, old = last
        series = proposed_id(re.sub(r"-?(19|20)\d\d", "", str(old["id"]))) or str(old["id"])
        text = _changed(
            add_to_event_in(file.path, read_text(context.obj.root, file.path), str(old["id"]), series)
        )
        edited[file.path] = text
        keys = {**keys, "series": series}
        click.echo(f"Both editions are now in the series “{series}”.")
    text = edited.get(target) or read_text(context.obj.root, target)
    source = source_of(target, text)
    edited[target] = _changed(source if isinstance(source, Refusal) else append_events(source, [keys]))
    return edited


def add_to_event_in(path: str, text: str, identifier: str, series: str) -> str | Refusal:
    """Give a file with an event put into a series."""
    source = source_of(path, text)
    return source if isinstance(source, Refusal) else add_to_event(source, identifier, "series", series)


def _changed(text: str | Refusal) -> str:
    if isinstance(text, Refusal):
        refuse(f"{text.place.path}:{text.place.line}: {text.message}.")
    return text


def _found(files: OrganisationFiles, identifier: str) -> tuple[SourceFile, Mapping[str, Value]]:
    """Give the event of an id as it is written, and its file."""
    for file in _files(files):
        listed = file.node.get("events")
        for node in listed.items if isinstance(listed, Listing) else ():
            values = values_of(node) if isinstance(node, Keys) else None
            if isinstance(values, Mapping) and values.get("id") == identifier:
                return file, values
    return refuse(f"--like: there is no event “{identifier}” of “{files.id}”.")


def _files(files: OrganisationFiles) -> Sequence[SourceFile]:
    return [each for each in (files.main, *files.events) if each is not None]

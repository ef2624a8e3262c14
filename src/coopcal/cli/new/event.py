"""``coopcal new event``: an event, or the next edition of one, in its organisation's file."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import click

from coopcal.authoring.edition import Edition
from coopcal.authoring.placement import file_for, file_named, paths_of
from coopcal.authoring.taken_ids import taken_ids
from coopcal.authoring.text import Value
from coopcal.authoring.unwritten import EventTrial
from coopcal.cli.instant import now_option
from coopcal.cli.language import echo, speaking
from coopcal.cli.new import next_edition as editions
from coopcal.cli.new import questions as ask
from coopcal.cli.new.ask_repeats import Repetition
from coopcal.cli.new.ask_when import TimeTeller
from coopcal.cli.new.asker import Asker, Trial, parted, refuse, words_of
from coopcal.cli.new.country import with_country
from coopcal.cli.new.ids import no_id, no_such
from coopcal.cli.new.languages import in_each, named
from coopcal.cli.new.options import text_in, yes_option
from coopcal.cli.new.writing import Site, next_step, put, read_text, site_or_leave
from coopcal.definitions.source.tree import SITE_FILE, OrganisationFiles
from coopcal.model.event import Event
from coopcal.model.ids import NewIds, is_id, proposed_id, with_other_year, with_year
from coopcal.model.message import msg
from coopcal.model.organisation import Organisation
from coopcal.model.published import Published


@dataclass(frozen=True, slots=True)
class _Home:
    """The organisation that an event is of, its files, and the languages that its texts are in, the usual one first."""

    one: Organisation
    files: OrganisationFiles
    trial: EventTrial
    languages: tuple[str, ...]


@click.command()
@click.option("--organisation", metavar="ID", help="Whose event it is; needed where there are several.")
@click.option("--id", "identifier", metavar="ID", help="Its id.  [default: made of the title and the year]")
@click.option("--title", help="What people read in their calendars.")
@text_in("--title-in", "titles", "The title in another language.")
@click.option("--when", "when", help="The date and time, such as “2026-03-14 09:00/17:30”.")
@click.option("--where", help="A place.")
@click.option("--online", metavar="URL", help="Where it is held online.")
@click.option("--description", help="What it is about, in Markdown.")
@text_in("--description-in", "descriptions", "The same in another language.")
@click.option("--tag", "tags", multiple=True, help="A word to select it by (several times).")
@click.option(
    "--visibility",
    metavar="GROUP",
    multiple=True,
    help="A group that may see it (several times); without it, everybody may.",
)
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
    titles: tuple[tuple[str, str], ...],
    when: str | None,
    where: str | None,
    online: str | None,
    description: str | None,
    descriptions: tuple[tuple[str, str], ...],
    tags: tuple[str, ...],
    visibility: tuple[str, ...],
    repeats: str | None,
    like: str | None,
    file: str | None,
    now: datetime,
    yes: bool,
) -> None:
    """Add an event, or the next edition of one (--like)."""
    site = site_or_leave(context, now)
    asker = Asker(yes=yes)
    home = _home(context, asker, site, organisation or _owner(site, like))
    last = _last(home, like)
    keys: dict[str, Value] = {}
    if last is None or title:
        answer = in_each(
            asker,
            home.languages if last is None else home.languages[:1],
            ask.event_title(home.languages),
            title,
            _tried(home, "title", keys),
            needed=True,
            others=titles,
        )
        keys |= {"title": answer} if answer else {}
    teller = TimeTeller(asker, home.trial, home.languages, now.date())
    timing = teller.ask(when, lambda answer: _at(answer, keys, last, home.trial))
    keys, event = ({**timing.edition.keys, **keys}, timing.event) if timing else (keys, None)
    if last is None or where:
        answer = asker.answer(ask.WHERE, where, trial=_tried(home, "where", keys))
        keys |= {"where": with_country(answer, asker, home.trial, keys)} if answer else {}
    if last is None or online:
        answer = asker.answer(
            ask.ONLINE, online, trial=_tried(home, "online", keys), meaning=_meant(home, "online", keys)
        )
        keys |= {"online": answer} if answer else {}
    if last is None or description:
        answer = in_each(
            asker,
            home.languages,
            ask.description(home.languages),
            description,
            _tried(home, "description", keys),
            others=descriptions,
        )
        keys |= {"description": answer} if answer else {}
    if last is None or tags:
        known = [tag for tag, _ in site.catalogue.settings.tags or ()]
        chosen_tags = asker.several(
            ask.tags(known), tags, trial=_tried(home, "tags", keys, several=True), meaning=_tags_meant
        )
        keys |= {"tags": chosen_tags} if chosen_tags else {}
    if visibility:
        groups = asker.several(
            ask.VISIBILITY, visibility, trial=_tried(home, "visibility", keys, several=True)
        )
        keys |= {"visibility": groups[0] if len(groups) == 1 else groups}
    if last is None or repeats:
        keys = Repetition(asker, home.trial, now.date()).ask(repeats, keys)
    asker.all_there()
    assert timing is not None, "without an answer the command has ended"
    assert event is not None, "what was told was read"
    event = home.trial(keys)[0] or event
    named_id = _identifier(
        asker, identifier, home.one, site.checked.published, keys, event, last, (speaking(), *home.languages)
    )
    target = _target(home, file, event.days[0])
    edited = editions.added(
        target,
        read_text(context.obj.root, target),
        {"id": named_id, **keys},
        last,
        read_text(context.obj.root, last.file.path) if last else "",
    )
    put(context, site, now, edited=edited)
    for line in timing.edition.told:
        echo(msg("Look at it: {sentence}", sentence=line))
    if last is None:
        _tell_languages(asker, home, keys)
    next_step(
        context, msg("Next: coopcal check, then coopcal serve --watch; coopcal new event adds another one.")
    )


def _owner(site: Site, like: str | None) -> str | None:
    """Return the only organisation that has an event of that id; None where there are several, or none."""
    if like is None:
        return None
    known = {one.id for one in site.catalogue.organisations}
    owners = [
        files.id
        for files in site.checked.tree.organisations
        if files.id in known and editions.found(files, like)
    ]
    return owners[0] if len(owners) == 1 else None


def _home(context: click.Context, asker: Asker, site: Site, given: str | None) -> _Home:
    catalogue, tree = site.catalogue, site.checked.tree
    known = [one.id for one in catalogue.organisations]
    if not known:
        echo(
            msg("There is no organisation yet. Start with: {command}", command="coopcal new organisation"),
            err=True,
        )
        context.exit(2)
    chosen = known[0] if len(known) == 1 else None
    if chosen is None or given is not None:
        chosen = asker.answer(
            ask.organisations(known),
            given,
            needed=True,
            trial=lambda answer: [] if answer in known else [no_such(answer, known)],
            meaning=lambda answer: proposed_id(answer) if proposed_id(answer) in known else None,
        )
    asker.all_there()
    one = catalogue.organisation(chosen or "")
    files = next((organisation for organisation in tree.organisations if organisation.id == chosen), None)
    if one is None or files is None or files.main is None:
        refuse(
            msg("The file of “{id}” has to be mended first: {command}", id=chosen, command="coopcal check")
        )
    languages = tuple(dict.fromkeys((*one.languages, *catalogue.settings.languages)))
    return _Home(one, files, EventTrial(tree.texts[SITE_FILE], one.id, files.main.node), languages)


def _last(home: _Home, like: str | None) -> editions.Last | None:
    if like is None:
        return None
    edition = editions.found(home.files, like)
    if edition is None:
        refuse(
            msg("--like: there is no event “{id}” of “{organisation}”.", id=like, organisation=home.one.id)
        )
    return edition


def _at(answer: str, keys: Mapping[str, Value], last: editions.Last | None, trial: EventTrial) -> Edition:
    """Return what the event says when it is at the time that is said."""
    return last.edition(answer, trial) if last else Edition({**keys, "when": answer}, ())


def _tried(home: _Home, key: str, keys: Mapping[str, Value], *, several: bool = False) -> Trial:
    def trial(answer: str) -> list[str]:
        return words_of(home.trial({**keys, key: parted(answer) if several else answer})[1])

    return trial


def _meant(home: _Home, key: str, keys: Mapping[str, Value]) -> Callable[[str], str | None]:
    def meaning(answer: str) -> str | None:
        value = home.trial.meant({**keys, key: answer}, key)
        return value if isinstance(value, str) else None

    return meaning


def _tags_meant(answer: str) -> str | None:
    """Return tags as they are written: in small letters, with hyphens for blanks."""
    return ", ".join(filter(None, map(proposed_id, parted(answer)))) or None


def _identifier(
    asker: Asker,
    given: str | None,
    one: Organisation,
    published: Published | None,
    keys: Mapping[str, Value],
    event: Event,
    last: editions.Last | None,
    spelling: Collection[str],
) -> str:
    known: Collection[str] = ()
    if published:
        known = {entry.key for entry in published.with_keys.values()} | published.removed
    taken = taken_ids(one, known)
    title = keys.get("title", "")
    name = next(iter(title.values())) if isinstance(title, Mapping) else title

    def trial(answer: str) -> list[str]:
        if not is_id(answer):
            return no_id(answer)
        return [taken[answer]] if answer in taken else []

    year = event.days[0].year
    stem = with_other_year(last.id, year) if last else proposed_id(str(name), spelling) or "event"
    usual = NewIds(taken).new(stem if "repeats" in keys and last is None else with_year(stem, year))
    answer = asker.answer(
        ask.EVENT_ID,
        given,
        usual=usual,
        needed=True,
        trial=trial,
        meaning=lambda answer: proposed_id(answer, spelling) if asker.talks else None,
    )
    return answer or usual


def _target(home: _Home, file: str | None, day: date) -> str:
    if file is None:
        return file_for(home.files, home.one, day)
    return file_named(home.files, file) or refuse(
        msg(
            "--file: {file} is no file of “{id}”; there are: {paths}.",
            file=file,
            id=home.one.id,
            paths=", ".join(paths_of(home.files)),
        )
    )


def _tell_languages(asker: Asker, home: _Home, keys: Mapping[str, Value]) -> None:
    """Say in a script, where nobody was asked, in which languages of the site there is no title yet."""
    title = keys.get("title")
    there = set(title) if isinstance(title, Mapping) else set(home.languages[:1])
    if not asker.talks:
        for language in home.languages:
            if language not in there:
                echo(
                    msg(
                        "There is no title in this language of the site yet: {language}.",
                        language=named(language),
                    )
                )

"""``coopcal new organisation``: whose events there are."""

from datetime import datetime

import click

from coopcal import zones
from coopcal.authoring import starts
from coopcal.authoring.text import Value, block
from coopcal.authoring.trial import errors_of
from coopcal.cli.instant import now_option
from coopcal.cli.new.asking import Asker, Trial, parted, words_of
from coopcal.cli.new.ids import free
from coopcal.cli.new.options import yes_option
from coopcal.cli.new.writing import next_step, put, site_or_leave
from coopcal.source.tree import SITE_FILE, proposed_id


@click.command()
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--name", help="What people call it.")
@click.option("--country", help="Two capital letters, such as BE.")
@click.option("--timezone", help="The zone of its events, where it is not that of the site.")
@click.option("--url", help="Its web site.")
@click.option("--email", help="An e-mail address.")
@click.option("--language", "languages", multiple=True, help="A language of its texts, the usual one first.")
@click.option("--folder", is_flag=True, help="Make it a folder, with its events in files by year.")
@yes_option
@now_option
@click.pass_context
def command(
    context: click.Context,
    *,
    identifier: str | None,
    name: str | None,
    country: str | None,
    timezone: str | None,
    url: str | None,
    email: str | None,
    languages: tuple[str, ...],
    now: datetime,
    folder: bool,
    yes: bool,
) -> None:
    """Add an organisation."""
    before, catalogue = site_or_leave(context, now)
    site = before.texts[SITE_FILE]
    asker = Asker(yes=yes)
    keys: dict[str, Value] = {}
    keys["name"] = (
        asker.answer(
            "--name", "What is the organisation called?", name, needed=True, trial=_tried("name", site)
        )
        or ""
    )
    for key, question, given in (
        ("country", "In which country (two letters, such as BE)?", country),
        ("url", "Its web site?", url),
        ("email", "An e-mail address for questions?", email),
    ):
        if said := asker.answer(f"--{key}", question, given, trial=_tried(key, site)):
            keys[key] = said
    zone = catalogue.settings.timezone
    there = zones.of_country(str(keys.get("country", "")))
    if timezone or (there and zone not in there):
        usual = there[0] if there else None
        said = asker.answer(
            "--timezone", "Its time zone?", timezone, usual=usual, trial=_tried("timezone", site)
        )
        keys |= {"timezone": said} if said else {}
    if languages:
        keys["languages"] = asker.several("--language", "Its languages?", languages, trial=_languages(site))
    asker.all_there()
    taken = free(context.obj.root, before, catalogue)
    stem = proposed_id(str(keys["name"]))
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    proposed = next((each for each in candidates if not taken(each)), None) if stem else None
    chosen = asker.answer(
        "ID",
        "Its id (it stands in addresses, and never changes)",
        identifier,
        usual=proposed,
        needed=True,
        trial=taken,
    )
    asker.all_there()
    path = f"calendars/{chosen}/organisation.yaml" if folder else f"calendars/{chosen}.yaml"
    created = {path: starts.organisation(keys, with_events=not folder)}
    if folder:
        of_year = f"calendars/{chosen}/{now.year}.yaml"
        created[of_year] = starts.events()
    put(context, before, now, created=created)
    next_step(context, f"Next: coopcal new event --organisation {chosen}")


def _tried(key: str, site: str) -> Trial:
    def trial(said: str) -> list[str]:
        return _errors({"name": "Name", key: said}, site)

    return trial


def _languages(site: str) -> Trial:
    return lambda said: _errors({"name": "Name", "languages": parted(said)}, site)


def _errors(keys: dict[str, Value], site: str) -> list[str]:
    path = "calendars/organisation.yaml"
    return words_of(errors_of({SITE_FILE: site, path: "\n".join(block(keys)) + "\n"}, path))

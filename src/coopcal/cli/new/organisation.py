"""``coopcal new organisation``: whose events there are."""

from collections.abc import Mapping
from datetime import datetime

import click

from coopcal.authoring import new_files
from coopcal.authoring.text import Value, block
from coopcal.authoring.unwritten import errors_of, meant
from coopcal.cli.instant import now_option
from coopcal.cli.language import speaking
from coopcal.cli.new import questions as ask
from coopcal.cli.new.asker import Asker, Meaning, Trial, parted, words_of
from coopcal.cli.new.ids import free
from coopcal.cli.new.languages import in_each, languages_meant
from coopcal.cli.new.options import text_in, yes_option
from coopcal.cli.new.writing import next_step, put, site_or_leave
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.ids import candidates, proposed_id
from coopcal.model.message import msg
from coopcal.zones.countries import countries, of_country

_PATH = "calendars/organisation.yaml"


@click.command()
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--name", help="What people call it.")
@text_in("--name-in", "names", "What it is called in another language.")
@click.option("--country", help="Two capital letters, such as BE, or its name.")
@click.option("--timezone", help="The zone of its events, where it is not that of the site.")
@click.option("--url", help="Its web site.")
@click.option("--email", help="An e-mail address.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    help="A language of its texts (several times), the usual one first.",
)
@click.option("--folder", is_flag=True, help="Make it a folder, with its events in files by year.")
@yes_option
@now_option
@click.pass_context
def command(
    context: click.Context,
    *,
    identifier: str | None,
    name: str | None,
    names: tuple[tuple[str, str], ...],
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
    around = site_or_leave(context, now)
    site, settings = around.checked.texts[SITE_FILE], around.catalogue.settings
    asker = Asker(yes=yes)
    keys: dict[str, Value] = {}
    spoken = parted(languages_meant(", ".join(languages)))
    languages_asked = tuple(dict.fromkeys((*spoken, *settings.languages)))
    keys["name"] = (
        in_each(
            asker,
            languages_asked,
            ask.organisation_name(languages_asked),
            name,
            _tried("name", site),
            needed=True,
            others=names,
        )
        or ""
    )
    if answer := asker.answer(
        ask.COUNTRY,
        country,
        usual=_country_of(settings.timezone) if asker.talks else None,
        trial=_tried("country", site),
        meaning=_meant("country", site),
    ):
        keys["country"] = answer
    for question, given in ((ask.URL, url), (ask.EMAIL, email)):
        if answer := asker.answer(
            question, given, trial=_tried(question.key, site), meaning=_meant(question.key, site)
        ):
            keys[question.key] = answer
    there = of_country(str(keys.get("country", "")))
    if timezone or (there and settings.timezone not in there):
        if len(there) == 1 and asker.talks and timezone is None:
            timezone = there[0]
        answer = asker.answer(
            ask.TIMEZONE,
            timezone,
            usual=there[0] if there else None,
            trial=_tried("timezone", site),
            meaning=_meant("timezone", site),
        )
        keys |= {"timezone": answer} if answer else {}
    if spoken:
        keys["languages"] = asker.several(
            ask.LANGUAGES, spoken, trial=_languages(site), meaning=languages_meant
        )
    asker.all_there()
    taken = free(context.obj.root, around)
    spelling = (speaking(), *settings.languages)
    stem = proposed_id(_first(keys["name"]), spelling)
    proposed = next(name for name in candidates(stem) if not taken(name)) if stem else None
    chosen = asker.answer(
        ask.ORGANISATION_ID,
        identifier,
        usual=proposed,
        needed=True,
        trial=taken,
        meaning=lambda answer: proposed_id(answer, spelling),
    )
    asker.all_there()
    path = f"calendars/{chosen}/organisation.yaml" if folder else f"calendars/{chosen}.yaml"
    created = {path: new_files.organisation(keys, speaking(), with_events=not folder)}
    if folder:
        of_year = f"calendars/{chosen}/{now.year}.yaml"
        created[of_year] = new_files.events(speaking())
    put(context, around, now, created=created)
    next_step(context, msg("Next: {command}", command=f"coopcal new event --organisation {chosen}"))


def _first(name: Value) -> str:
    return str(next(iter(name.values()))) if isinstance(name, Mapping) else str(name)


def _country_of(zone: str) -> str | None:
    """Return the country that a zone is of alone."""
    codes = [code for code in countries() if zone in of_country(code)]
    return codes[0] if len(codes) == 1 else None


def _tried(key: str, site: str) -> Trial:
    return lambda answer: words_of(errors_of(_files(key, answer, site), _PATH))


def _meant(key: str, site: str) -> Meaning:
    def meaning(answer: str) -> str | None:
        value = meant(_files(key, answer, site), _PATH, key)
        return value if isinstance(value, str) else None

    return meaning


def _languages(site: str) -> Trial:
    return lambda answer: words_of(errors_of(_files("languages", parted(answer), site), _PATH))


def _files(key: str, answer: Value, site: str) -> dict[str, str]:
    return {SITE_FILE: site, _PATH: "\n".join(block({"name": "Name", key: answer})) + "\n"}

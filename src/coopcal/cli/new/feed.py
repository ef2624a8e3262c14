"""``coopcal new feed``: a choice of events at an address of its own."""

from collections.abc import Sequence
from datetime import datetime

import click

from coopcal.authoring import new_files
from coopcal.authoring.text import Value, block
from coopcal.authoring.unwritten import errors_of
from coopcal.cli.instant import now_option
from coopcal.cli.language import speaking
from coopcal.cli.new import questions as ask
from coopcal.cli.new.asker import Asker, Trial, parted, words_of
from coopcal.cli.new.ids import free, no_such
from coopcal.cli.new.options import yes_option
from coopcal.cli.new.site import country_meant
from coopcal.cli.new.writing import next_step, put, site_or_leave
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.ids import proposed_id
from coopcal.model.message import msg


@click.command()
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--title", help="What members read as the name of the calendar.")
@click.option(
    "--organisation",
    "organisations",
    multiple=True,
    metavar="ID",
    help="Whose events (several times); without it, all.",
)
@click.option("--tag", "tags", multiple=True, help="With any of these tags (several times).")
@click.option("--country", "countries", multiple=True, help="In these countries (several times).")
@click.option(
    "--for",
    "groups",
    metavar="GROUP",
    multiple=True,
    help="Makes it private: it also shows what this group may see (several times).",
)
@click.option("--with-parts", is_flag=True, help="And of the organisations that are part of them.")
@yes_option
@now_option
@click.pass_context
def command(
    context: click.Context,
    *,
    identifier: str | None,
    title: str | None,
    organisations: tuple[str, ...],
    tags: tuple[str, ...],
    countries: tuple[str, ...],
    groups: tuple[str, ...],
    now: datetime,
    with_parts: bool,
    yes: bool,
) -> None:
    """Add a combined feed, or a private one (--for)."""
    there = site_or_leave(context, now)
    catalogue, site = there.catalogue, there.checked.texts[SITE_FILE]
    asker = Asker(yes=yes)
    name = asker.answer(
        ask.FEED_TITLE, title, needed=True, trial=lambda answer: _errors({"title": answer}, site)
    )
    keys: dict[str, Value] = {"title": str(name)}
    if groups:
        chosen_groups = asker.several(ask.FEED_FOR, groups, trial=_audience_tried(site))
        keys["for"] = {"groups": chosen_groups}
    select: dict[str, Value] = {}
    known = [one.id for one in catalogue.organisations]
    chosen: list[str] = []
    if organisations or len(known) > 1:
        chosen = asker.several(ask.feed_organisations(known), organisations, trial=_known(known))
    select["organisations"] = chosen or "all"
    if chosen and with_parts:
        select["with_parts"] = "true"
    if answers := asker.several(ask.FEED_TAGS, tags, trial=_tried("tags", site)):
        select["tags"] = {"any": answers}
    if answers := asker.several(
        ask.FEED_COUNTRIES, countries, trial=_tried("countries", site), meaning=_countries_meant
    ):
        select["countries"] = answers
    asker.all_there()
    spelling = (speaking(), *catalogue.settings.languages)
    chosen_id = asker.answer(
        ask.FEED_ID,
        identifier,
        usual=proposed_id(str(name), spelling) or None,
        needed=True,
        trial=free(context.obj.root, there),
        meaning=lambda answer: proposed_id(answer, spelling),
    )
    asker.all_there()
    path = f"feeds/{chosen_id}.yaml"
    put(
        context,
        there,
        now,
        created={path: new_files.feed({**keys, "select": select}, speaking())},
    )
    if groups:
        step = msg(
            "Next: coopcal compile, then make an address for each person: {command}",
            command=f"coopcal token issue {chosen_id} --label …",
        )
    else:
        step = msg("Next: coopcal serve, then subscribe to {address}", address=f"/feeds/{chosen_id}.ics")
    next_step(context, step)


def _known(known: Sequence[str]) -> Trial:
    return lambda answer: [no_such(name, known) for name in parted(answer) if name not in known]


def _countries_meant(answer: str) -> str | None:
    """Return codes, parted by commas, for countries by their names."""
    return ", ".join(country_meant(country) or country for country in parted(answer))


def _tried(key: str, site: str) -> Trial:
    return lambda answer: _errors({"select": {key: parted(answer)}}, site)


def _audience_tried(site: str) -> Trial:
    return lambda answer: _errors({"for": {"groups": parted(answer)}}, site)


def _errors(keys: dict[str, Value], site: str) -> list[str]:
    path = "feeds/feed.yaml"
    return words_of(
        errors_of({SITE_FILE: site, path: "\n".join(block({"title": "Feed", **keys})) + "\n"}, path)
    )

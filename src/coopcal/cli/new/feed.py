"""``coopcal new feed``: a choice of events at an address of its own."""

from datetime import datetime

import click

from coopcal.authoring import starts
from coopcal.authoring.text import Value, block
from coopcal.authoring.trial import errors_of
from coopcal.cli.instant import now_option
from coopcal.cli.new.asking import Asker, Trial, parted, words_of
from coopcal.cli.new.ids import free
from coopcal.cli.new.options import yes_option
from coopcal.cli.new.writing import next_step, put, site_or_leave
from coopcal.model.site import Catalogue
from coopcal.source.tree import SITE_FILE, proposed_id


@click.command()
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--title", help="What members read as the name of the calendar.")
@click.option("--organisation", "organisations", multiple=True, help="Whose events; without it, all.")
@click.option("--tag", "tags", multiple=True, help="With any of these tags.")
@click.option("--country", "countries", multiple=True, help="In these countries.")
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
    now: datetime,
    with_parts: bool,
    yes: bool,
) -> None:
    """Add a combined feed."""
    before, catalogue = site_or_leave(context, now)
    site = before.texts[SITE_FILE]
    asker = Asker(yes=yes)
    name = asker.answer(
        "--title",
        "What is the calendar called?",
        title,
        needed=True,
        trial=lambda said: _errors({"title": said}, site),
    )
    select: dict[str, Value] = {}
    chosen = asker.several(
        "--organisation",
        "Whose events (ids, parted by commas; empty: all)?",
        organisations,
        trial=_known(catalogue),
    )
    select["organisations"] = chosen or "all"
    if chosen and with_parts:
        select["with_parts"] = "true"
    if found := asker.several(
        "--tag", "With any of these tags (empty: with any)?", tags, trial=_tried("tags", site)
    ):
        select["tags"] = {"any": found}
    if found := asker.several(
        "--country", "In these countries (empty: anywhere)?", countries, trial=_tried("countries", site)
    ):
        select["countries"] = found
    asker.all_there()
    usual = proposed_id(str(name)) or None
    trial = free(context.obj.root, before, catalogue)
    said = asker.answer(
        "ID",
        "Its id (it stands in its address, and never changes)",
        identifier,
        usual=usual,
        needed=True,
        trial=trial,
    )
    asker.all_there()
    path = f"feeds/{said}.yaml"
    put(context, before, now, created={path: starts.feed({"title": str(name), "select": select})})
    next_step(context, f"Next: coopcal serve, then subscribe to /feeds/{said}.ics")


def _known(catalogue: Catalogue) -> Trial:
    known = {one.id for one in catalogue.organisations}
    return lambda said: [f"There is no organisation “{each}”." for each in parted(said) if each not in known]


def _tried(key: str, site: str) -> Trial:
    return lambda said: _errors({"select": {key: parted(said)}}, site)


def _errors(keys: dict[str, Value], site: str) -> list[str]:
    path = "feeds/feed.yaml"
    return words_of(
        errors_of({SITE_FILE: site, path: "\n".join(block({"title": "Feed", **keys})) + "\n"}, path)
    )

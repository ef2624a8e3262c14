"""``coopcal new site``: the folder that everything else stands in."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

import click

from coopcal.authoring import gitignore, new_files
from coopcal.authoring.ci.pages_address import pages_address
from coopcal.authoring.ci.templates import templates
from coopcal.authoring.templates import README, pages_readme, server_files
from coopcal.authoring.text import Value, block
from coopcal.authoring.uid_domain import RESERVED, made_up
from coopcal.authoring.unwritten import errors_of, meant, try_files
from coopcal.cli.answers import NONE, folded
from coopcal.cli.instant import now_option
from coopcal.cli.language import speaking
from coopcal.cli.new import questions as ask
from coopcal.cli.new.asker import Asker, Meaning, Trial, parted, refuse, words_of
from coopcal.cli.new.languages import in_each, languages_meant
from coopcal.cli.new.options import text_in, yes_option
from coopcal.cli.new.writing import next_step, put, read_text
from coopcal.definitions.schema import written
from coopcal.definitions.source.tree import SITE_FILE
from coopcal.model.message import msg
from coopcal.zones.countries import of_country

Host = Literal["github-pages", "gitlab-pages", "server"]

_FEED = "feeds/all.yaml"
_HOSTS = {
    "server": ("s", "own server", "server"),
    "github-pages": ("g", "gh", "github", "pages", "github pages"),
    "gitlab-pages": ("gl", "gitlab", "gitlab pages"),
}


@click.command()
@click.option("--host", type=click.Choice(get_args(Host)), help="Where it will be served.")
@click.option("--title", help="What the site is called.")
@text_in("--title-in", "titles", "What it is called in another language.")
@click.option(
    "--uid-domain",
    help="A domain name of yours, which never changes; “none” takes one that need not exist.",
)
@click.option("--base-url", help="Where members will see it.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    help="A language of the site (several times), the usual one first.",
)
@click.option("--country", help="Your country, such as BE; it proposes the time zone.")
@click.option("--timezone", help="The zone of events that do not tell theirs.")
@yes_option
@now_option
@click.pass_context
def command(
    context: click.Context,
    *,
    host: Host | None,
    title: str | None,
    titles: tuple[tuple[str, str], ...],
    uid_domain: str | None,
    base_url: str | None,
    languages: tuple[str, ...],
    country: str | None,
    timezone: str | None,
    now: datetime,
    yes: bool,
) -> None:
    """Start a site in this folder."""
    asker = Asker(yes=yes)
    if (context.obj.root / SITE_FILE).exists():
        refuse(msg("{file} is there already: this is a site.", file=SITE_FILE))
    spoken = asker.several(
        ask.LANGUAGES, languages, usual=speaking(), trial=_languages, meaning=languages_meant
    )
    named = in_each(asker, spoken, ask.site_title(spoken), title, _tried("title"), needed=True, others=titles)
    keys: dict[str, Value] = {"title": named or ""}
    zone = _timezone(asker, country, timezone)
    keys["uid_domain"] = _domain(asker, uid_domain, _first(keys["title"]), now)
    asked_host = asker.answer(ask.HOST, host, trial=_host, meaning=_host_meant)
    on_pages = asked_host if asked_host in ("github-pages", "gitlab-pages") else None
    if on_pages:
        keys["base_url"] = keys["published"] = _pages_address(asker, base_url, context.obj.root)
    elif address := _address(asker, base_url, asked_host, str(keys["uid_domain"])):
        keys["base_url"] = address
    keys |= {"languages": spoken, "timezone": zone, "contacts_kept": "1 year"}
    asker.all_there()
    others = {"calendars/.gitkeep": "", new_files.SCHEMA_FILE: written()}
    others |= _host_files(asked_host, str(keys.get("base_url", "")))
    if on_pages and (context.obj.root / README).exists():
        del others[README]
    there = (context.obj.root / gitignore.FILE).exists()
    before = read_text(context.obj.root, gitignore.FILE) if there else ""
    after = gitignore.with_ignored(before, *((gitignore.PUBLIC,) if on_pages else ()))
    edited = {gitignore.FILE: after} if there and after != before else {}
    others |= {} if there else {gitignore.FILE: after}
    created = {
        SITE_FILE: new_files.site(keys, speaking()),
        _FEED: new_files.feed({"title": keys["title"]}, speaking()),
    }
    put(context, None, now, created=created, others=others, edited=edited)
    if not (asker.talks or timezone or country):
        next_step(
            context,
            msg(
                "Times are in UTC: where that is wrong, change the line {key} in {file}.",
                key="timezone:",
                file=SITE_FILE,
            ),
        )
    next_step(context, msg("Next: {command}", command="coopcal new organisation"))


def _first(title: Value) -> str:
    return str(next(iter(title.values()))) if isinstance(title, Mapping) else str(title)


def _domain(asker: Asker, given: str | None, title: str, now: datetime) -> str:
    """Return the domain of identities: one's own, or one that is made up and stays for ever."""
    answer = asker.answer(
        ask.DOMAIN,
        given,
        needed=not asker.talks,
        trial=lambda answer: () if folded(answer) in NONE else _tried("uid_domain")(answer),
        meaning=_domain_meant,
    )
    if answer is not None and folded(answer) not in NONE:
        return answer
    if answer is None and not asker.talks:
        return ""
    domain = made_up(title, now)
    asker.tell(
        msg(
            "Then this site is “{domain}”. No such address exists, and none need exist: it only keeps your events apart "
            "from those of others. Leave it as it is, even when you have an address of your own one day.",
            domain=domain,
        )
    )
    return domain


def _domain_meant(answer: str) -> str | None:
    """Return the domain of an address, or of an e-mail address."""
    bare = re.sub(r"^[a-z]+://|[/?#:].*$", "", answer.strip().lower()).rpartition("@")[2].rstrip(".")
    try:
        return bare.encode("idna").decode() or None
    except UnicodeError:
        return None


def _address(asker: Asker, given: str | None, host: str | None, domain: str) -> str | None:
    """Return where members will see the site; asked for only once it is decided where it is served."""
    if given is None and host is None:
        return None
    own = host == "server" and domain and not domain.endswith(f".{RESERVED}")
    usual = f"https://calendars.{domain}" if own else None
    return asker.answer(
        ask.BASE_URL, given, usual=usual, trial=_tried("base_url"), meaning=_meant("base_url")
    )


def _pages_address(asker: Asker, given: str | None, root: Path) -> str:
    """Return where members will see a site on pages of a forge, which the repository may tell; it is needed, as links begin with it."""
    config = root / ".git" / "config"
    usual = pages_address(config.read_text("utf-8", "replace")) if config.is_file() else None
    answer = asker.answer(
        ask.PAGES_URL, given, usual=usual, needed=True, trial=_tried("base_url"), meaning=_meant("base_url")
    )
    return (answer or "").rstrip("/")


def _timezone(asker: Asker, country: str | None, given: str | None) -> str:
    """Return the time zone: that of the country where it has one alone, else as it is chosen."""
    usual: str | None = None if asker.talks else "UTC"
    if given is None:
        code = asker.answer(ask.COUNTRY, country, trial=_country, meaning=country_meant)
        zones = of_country(code) if code else ()
        usual = zones[0] if zones else usual
        if len(zones) == 1:
            asker.tell(msg("Its time zone: {zone}", zone=zones[0]))
            return zones[0]
        if zones:
            some = ", ".join(zones[:8]) + (" …" if len(zones) > 8 else "")  # noqa: PLR2004 - enough to choose from
            asker.tell(msg("Time zones there: {zones}", zones=some))
    return (
        asker.answer(
            ask.TIMEZONE,
            given,
            usual=usual,
            needed=True,
            trial=_tried("timezone"),
            meaning=_meant("timezone"),
        )
        or ""
    )


def _host_files(host: str | None, address: str) -> Mapping[str, str]:
    if host == "server":
        return server_files(urlsplit(address).hostname or "calendars.example.coop")
    if host == "github-pages":
        return {**templates("github"), README: pages_readme("github-pages", address, speaking())}
    if host == "gitlab-pages":
        return {**templates("gitlab"), README: pages_readme("gitlab-pages", address, speaking())}
    return {}


def _files(key: str, answer: Value) -> dict[str, str]:
    return {SITE_FILE: "\n".join(block({"uid_domain": "example.coop", key: answer})) + "\n"}


def _tried(key: str) -> Trial:
    """Hold an answer against what ``check`` says of that key."""
    return lambda answer: words_of(errors_of(_files(key, answer), SITE_FILE))


def _meant(key: str) -> Meaning:
    def meaning(answer: str) -> str | None:
        value = meant(_files(key, answer), SITE_FILE, key)
        return value if isinstance(value, str) else None

    return meaning


def _languages(answer: str) -> list[str]:
    return words_of(errors_of(_files("languages", parted(answer)), SITE_FILE))


_COUNTRY = "calendars/country.yaml"


def _of_country(answer: str) -> dict[str, str]:
    text = "\n".join(block({"name": "Country", "country": answer})) + "\n"
    return {SITE_FILE: "uid_domain: example.coop\n", _COUNTRY: text}


def _country(answer: str) -> list[str]:
    return words_of(
        problem for problem in try_files(_of_country(answer))[1] if problem.position.path == _COUNTRY
    )


def country_meant(answer: str) -> str | None:
    """Return the code of a country by its name in any language of coopcal's, or by its code in any letters."""
    value = meant(_of_country(answer), _COUNTRY, "country")
    return value if isinstance(value, str) else None


def _host(answer: str) -> list[str]:
    return (
        []
        if answer in _HOSTS
        else [msg("Write “github-pages”, “gitlab-pages” or “server”, or nothing at all.")]
    )


def _host_meant(answer: str) -> str | None:
    word = folded(answer)
    if word in NONE:
        return ""
    return next((host for host, words in _HOSTS.items() if word in words), None)

"""Answers as people give them, in any of six languages, whatever they are asked in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel import Locale
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terminal import coopcal
from tests.support.trees import SITE, lay

from coopcal.authoring.uid_domain import made_up
from coopcal.cli import main
from coopcal.cli.answers import as_printed, unquoted, yes_or_no
from coopcal.cli.new import questions
from coopcal.cli.new.ask_repeats import is_none, repeats_of
from coopcal.cli.new.languages import languages_meant
from coopcal.cli.new.site import country_meant
from coopcal.definitions.readers.domain import DOMAIN
from coopcal.model.ids import proposed_id
from coopcal.text.catalogues import LANGUAGES
from coopcal.zones.countries import countries

NOW = "2026-06-01T12:00:00Z"
EMPTY = "name: The Bakery\ncountry: BE\nevents: []\n"


def new(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "new", *arguments, "--now", NOW])


@pytest.mark.parametrize(
    "said", ["y", "Yes", "o", "OUI", "j", "Ja.", "s", "si", "sì", "SÌ", "si\u0300", "sí", "sim", "ok", " ja "]
)
def test_yes(said: str) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize("said", ["n", "No", "non", "NEIN", "não", "na\u0303o", "no!"])
def test_no(said: str) -> None:
    assert yes_or_no(said) is False


@pytest.mark.parametrize("said", ["", "maybe", "2027-06-05", "yes and no", "x"])
def test_neither(said: str) -> None:
    assert yes_or_no(said) is None


def test_every_country_by_its_name_in_each_language_and_by_its_code_in_any_letters() -> None:
    """A name that two countries have in two languages is that of one of the two; ``no`` is a country here."""
    names: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in countries():
                names.setdefault(name.casefold(), set()).add(code)
    some = [
        *sorted(names)[::7],
        "italia",
        "italien",
        "italy",
        "itália",
        "italie",
        "belgique",
        "deutschland",
        "österreich",
    ]

    assert country_meant("no") == "NO"
    assert [name for name in some if country_meant(name.upper()) not in names[name]] == []
    assert [code for code in sorted(countries())[::5] if country_meant(code.lower()) != code] == []
    assert country_meant("Atlantis") is None


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("de, it", "de, it"), ("de it", "de, it"), ("DE/IT", "de, it"), ("de+it", "de, it"), ("Deutsch und Italienisch", "de, it"),
        ("tedesco e italiano", "de, it"), ("allemand, italien", "de, it"), ("German and Italian", "de, it"), ("alemán y italiano", "de, it"),
        ("alemão", "de"), ("italiano", "it"), ("français", "fr"), ("Klingonisch", "Klingonisch"), ("de, de", "de"),
    ],
)  # fmt: skip
def test_languages_by_their_names(said: str, codes: str) -> None:
    assert languages_meant(said) == codes


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("when: 2027-06-05 16:00/23:00", "2027-06-05 16:00/23:00"),
        ("  when: 2027-06-05  ", "2027-06-05"),
        ("mend: when: 2027-06-05", "2027-06-05"),
        ("mend: 2027-06-05", "2027-06-05"),
        ('when: "2027-06-05"', "2027-06-05"),
        ("2027-06-05", None),
        ("whenever: 5", None),
    ],
)
def test_a_printed_line_is_taken_as_it_stands(said: str, value: str | None) -> None:
    assert as_printed(said, "when") == value


@pytest.mark.parametrize("said", ['"x y"', "“x y”", "„x y“", "«x y»", "'x y'", " x y ", "‚x y‘", "`` x y ``"])
def test_quotes_and_blanks_around_are_taken_off(said: str) -> None:
    assert unquoted(said).strip("` ") == "x y"


@given(st.text(max_size=200), st.integers(0, 10**9))
def test_a_domain_is_made_of_any_title_and_differs_by_the_instant(title: str, seconds: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    domain = made_up(title, now)

    assert DOMAIN.fullmatch(domain)
    assert domain.endswith(".calendar.invalid")
    assert made_up(title, now + timedelta(seconds=1)) != domain


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("every month on second Tuesday until 2027-06-30", {"every": "month", "on": "second Tuesday", "until": "2027-06-30"}),
        ("jeden Dienstag", {"every": "week", "on": "Tuesday"}),
        ("every Tuesday and Thursday 10 times", {"every": "week", "on": "Tuesday and Thursday", "count": "10"}),
        ("ogni mese il secondo martedì fino al 30.6.2027", {"every": "month", "on": "second Tuesday", "until": "2027-06-30"}),
        ("second Tuesday of the month", {"every": "month", "on": "second Tuesday"}),
        ("jeden zweiten Dienstag im Monat", {"every": "month", "on": "second Tuesday"}),
        ("chaque mois le deuxième mardi jusqu'au 30 juin 2027", {"every": "month", "on": "second Tuesday", "until": "2027-06-30"}),
        ("cada semana los martes", {"every": "week", "on": "Tuesday"}),
        ("alle 2 Wochen am Montag", {"every": "2 weeks", "on": "Monday"}),
        ("alle zwei Wochen", {"every": "2 weeks"}),
        ("jeden zweiten Samstag", {"every": "2 weeks", "on": "Saturday"}),
        ("ogni due settimane", {"every": "2 weeks"}),
        ("tous les 15 jours", {"every": "2 weeks"}),
        ("tous les quinze jours", {"every": "2 weeks"}),
        ("samstags", {"every": "week", "on": "Saturday"}),
        ("tutti i sabati", {"every": "week", "on": "Saturday"}),
        ("jeden 1. Samstag im Monat", {"every": "month", "on": "first Saturday"}),
        ("settimanale", {"every": "week"}),
        ("wöchentlich", {"every": "week"}),
        ("samstags, 6 mal", {"every": "week", "on": "Saturday", "count": "6"}),
        ("samedi, six fois", {"every": "week", "on": "Saturday", "count": "6"}),
        ("10 times every Friday", {"every": "week", "on": "Friday", "count": "10"}),
        ("every other Saturday", {"every": "2 weeks", "on": "Saturday"}),
        ("un samedi sur deux", {"every": "2 weeks", "on": "Saturday"}),
        ("todas as segundas", {"every": "week", "on": "Monday"}),
        ("segunda terça do mês", {"every": "month", "on": "second Tuesday"}),
        ("todos los domingos", {"every": "week", "on": "Sunday"}),
        ("14-tägig", {"every": "2 weeks"}),
        ("quindicinale", {"every": "2 weeks"}),
        ("alle drei Monate am 15.", {"every": "3 months", "on": "15"}),
        ("il 15 di ogni mese", {"every": "month", "on": "15"}),
        ("Di und Do", {"every": "week", "on": "Tuesday and Thursday"}),
        ("every first and third Saturday", {"every": "month", "on": "first and third Saturday"}),
        ("letzter Tag des Monats", {"every": "month", "on": "last day"}),
        ("mittwochs und freitags", {"every": "week", "on": "Wednesday and Friday"}),
        ("le premier samedi de chaque mois", {"every": "month", "on": "first Saturday"}),
        ("ogni ultimo venerdì del mese", {"every": "month", "on": "last Friday"}),
        ("fortnightly", {"every": "2 weeks"}),
        ("kurs", {"every": "kurs"}),
    ],
)  # fmt: skip
def test_how_it_repeats(said: str, keys: dict[str, str]) -> None:
    assert repeats_of(said, datetime(2026, 6, 1, tzinfo=UTC).date()) == keys
    assert all(is_none(no) for no in ("no", "Nein", "-", "nessuno"))


@pytest.mark.parametrize("said", ["it", "IT", "Italia", "Italien", "ITALY", "Itália", "country: IT"])
def test_a_country_as_an_option(tmp_path: Path, said: str) -> None:
    root = lay(tmp_path)
    done = new(root, "organisation", "--name", "Mill", "--country", said)

    assert done.exit_code == 0, done.output
    assert "country: IT\n" in (root / "calendars/mill.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "said", ["when: 2027-06-05 16:00/23:00", "“2027-06-05 16:00/23:00”", " 2027-06-05 16:00/23:00  "]
)
def test_a_time_as_an_option(tmp_path: Path, said: str) -> None:
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY})
    done = new(root, "event", "--title", "Fair", "--when", said)

    assert done.exit_code == 0, done.output
    assert "when: 2027-06-05 16:00/23:00\n" in (root / "calendars/bakery.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "said", ["5. Juni 2027, 16-23 Uhr", "05.06.2027 16:00-23:00", "5 June 2027 4pm-11pm"]
)
def test_in_a_script_a_time_is_not_guessed_but_its_line_is_told(tmp_path: Path, said: str) -> None:
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY})
    done = new(root, "event", "--title", "Fair", "--when", said)

    assert done.exit_code == 1
    assert "mend: when: 2027-06-05" in done.output


def test_who_has_no_domain_gets_one(tmp_path: Path) -> None:
    """In a script it has to be said: an identity is for ever."""
    done = new(tmp_path, "site", "--title", "Événements de la vallée", "--uid-domain", "none")
    text = (tmp_path / "coopcal.yaml").read_text("utf-8")

    assert done.exit_code == 0, done.output
    assert "uid_domain: evenements-de-la-vallee-" in text
    assert "base_url" not in text


@pytest.mark.parametrize(
    "said",
    ["example.org", "https://Example.org/calendar", "office@example.org", "example.org.", "bäckerei.example"],
)
def test_a_domain_out_of_an_address(tmp_path: Path, said: str) -> None:
    done = new(tmp_path, "site", "--title", "T", "--uid-domain", said)
    text = (tmp_path / "coopcal.yaml").read_text("utf-8")

    assert done.exit_code == 0, done.output
    assert (
        "uid_domain: example.org\n" if "xample.org" in said else "uid_domain: xn--bckerei-5wa.example\n"
    ) in text


def test_texts_in_each_language_of_the_site(tmp_path: Path) -> None:
    """By options; where one is missing in a script, that is said."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY})
    both = new(root, "event", "--title", "Fair", "--title-in", "fr", "Foire", "--when", "2027-03-14", "--description", "x: y",
               "--description-in", "fr", "#1")  # fmt: skip
    one = new(root, "event", "--title", "Market", "--when", "2027-03-15")
    text = (root / "calendars/bakery.yaml").read_text("utf-8")

    assert (both.exit_code, one.exit_code) == (0, 0), both.output
    assert "title: {en: Fair, fr: Foire}\n" in text
    assert 'description: {en: "x: y", fr: "#1"}\n' in text
    assert "There is no title in this language of the site yet: French." in one.output
    assert "There is no title" not in both.output


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("{en: Fair, fr: Foire}", "title: {en: Fair, fr: Foire}\n"),
        ('{fr: "Foire: #1"}', 'title: {fr: "Foire: #1"}\n'),
        ("{curly}", 'title: "{curly}"\n'),
        ("{en: Fair, xx: Y}", 'title: "{en: Fair, xx: Y}"\n'),
        ("{en: Fair", 'title: "{en: Fair"\n'),
    ],
)
def test_texts_by_language_as_they_stand_in_a_file(tmp_path: Path, said: str, written: str) -> None:
    """Are taken as such, and never as one text; what only begins like that is a text."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY})
    done = new(root, "event", "--title", said, "--when", "2027-03-14", "--id", "fair")

    assert done.exit_code == 0, done.output
    assert written in (root / "calendars/bakery.yaml").read_text("utf-8")


def test_the_only_organisation_that_has_an_event_is_meant(tmp_path: Path) -> None:
    """Nobody is asked whose event is copied."""
    mill = "name: Mill\ncountry: BE\nevents:\n  - {id: fair, title: Fair, when: 2026-09-12 10:00/17:00}\n"
    root = lay(tmp_path, {"calendars/mill.yaml": mill})
    done = new(root, "event", "--like", "fair", "--when", "2027-09-11")

    assert done.exit_code == 0, done.output
    assert "when: 2027-09-11 10:00/17:00\n" in (root / "calendars/mill.yaml").read_text("utf-8")


def test_what_does_not_go_with_the_new_date_is_left_out_with_the_reason(tmp_path: Path) -> None:
    """The event is written all the same."""
    fair = f"{EMPTY[:-3]}\n  - id: fair\n    title: Fair\n    when: 2026-09-12/2026-09-14\n    hours: {{2026-09-14: 10:00/18:00}}\n    tags: [bread]\n"
    root = lay(tmp_path, {"calendars/bakery.yaml": fair})
    done = new(root, "event", "--like", "fair", "--when", "2027-09-11/2027-09-12")
    added = (root / "calendars/bakery.yaml").read_text("utf-8").split("\n\n")[1]

    assert done.exit_code == 0, done.output
    assert (
        "Look at it: “hours” was left out, as it does not fit: 2027-09-13 is no day of this event."
        in done.output
    )
    assert "hours" not in added
    assert "tags: [bread]\n" in added


@pytest.mark.parametrize(
    ("identifier", "following"),
    [
        ("fair", "fair-2027"),
        ("fair-2026", "fair-2027"),
        ("2026", "2027"),
        ("fair-2026-ghent", "fair-2027-ghent"),
        ("from-2025-to-2026", "from-to-2027"),
        ("route-20260", "route-20260-2027"),
    ],
)
def test_the_id_of_the_next_edition(tmp_path: Path, identifier: str, following: str) -> None:
    """Has its year where the last one had its own."""
    bakery = f"{EMPTY[:-3]}\n  - {{id: {identifier}, title: Fair, when: 2026-09-12}}\n"
    root = lay(tmp_path, {"calendars/bakery.yaml": bakery})
    done = new(root, "event", "--like", identifier, "--when", "2027-09-11")

    assert done.exit_code == 0, done.output
    assert f"id: {following}\n" in (root / "calendars/bakery.yaml").read_text("utf-8")


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("05.06.2027 16:00-23:00", "2027-06-05 16:00/23:00"),
        ("5. Juni 2027, 16-23 Uhr", "2027-06-05 16:00/23:00"),
        ("5 June 2027 4pm-11pm", "2027-06-05 16:00/23:00"),
        ("when: 2027-06-05 16:00/23:00", "2027-06-05 16:00/23:00"),
    ],
)
def test_a_time_in_one_round_at_a_terminal(tmp_path: Path, typed: str, written: str) -> None:
    """Shown in words, and taken on Enter."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY, "coopcal.yaml": SITE.replace("[en, fr]", "[en]")})
    terminal = coopcal(root, "new", "event", "--title", "Fair", "--where", "The Mill", "--online", "https://a.coop/", "--description", "x",
                       "--tag", "x", "--repeats", "no", "--now", NOW)  # fmt: skip
    for wanted, said in (
        ("When is it", f"{typed}\n"),
        ("16:00–23:00", ""),
        ("is that right?", "\n"),
        ("Its short name", "\n"),
    ):
        terminal.until(wanted)
        terminal.type(said)

    assert terminal.end() == 0
    assert f"when: {written}\n" in (root / "calendars/bakery.yaml").read_text("utf-8")


def test_a_correction_in_place_of_a_yes(tmp_path: Path) -> None:
    """Is taken as the answer; and each word for yes is, whatever the language."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY, "coopcal.yaml": SITE.replace("[en, fr]", "[en]")})
    terminal = coopcal(root, "new", "event", "--title", "Fair", "--where", "The Mill", "--online", "https://a.coop/", "--description", "x",
                       "--tag", "x", "--repeats", "no", "--now", NOW)  # fmt: skip
    for wanted, said in (
        ("When is it", "5 June 2027\n"),
        ("is that right?", "am 6. Juni 2027\n"),
        ("Sunday 6 June 2027", ""),
        ("is that right?", "perhaps\n"),
        ("When is it", "7.6.2027\n"),
        ("is that right?", "não\n"),
        ("When is it", "8.6.2027\n"),
        ("is that right?", "sim\n"),
        ("Its short name", "\n"),
    ):
        terminal.until(wanted)
        terminal.type(said)

    assert terminal.end() == 0
    assert "when: 2027-06-08\n" in (root / "calendars/bakery.yaml").read_text("utf-8")


def test_the_next_edition_of_what_recurs_begins_on_one_of_its_dates(tmp_path: Path) -> None:
    """The nearest one is proposed."""
    evening = f"{EMPTY[:-3]}\n  - id: evening\n    title: Evening\n    when: 2026-09-08 19:00/21:00\n    repeats: {{every: month, on: second Tuesday}}\n"
    root = lay(tmp_path, {"calendars/bakery.yaml": evening})
    terminal = coopcal(root, "new", "event", "--like", "evening", "--now", NOW)
    for wanted, said in (
        ("When is it", "11.9.2027\n"),
        ("Tuesday 14 September 2027, 19:00–21:00", ""),
        ("is that right?", "\n"),
        ("Its short name", "\n"),
    ):
        terminal.until(wanted)
        terminal.type(said)

    assert terminal.end() == 0
    assert "when: 2027-09-14 19:00/21:00\n" in (root / "calendars/bakery.yaml").read_text("utf-8")


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize("leave", ["\x04", "\x03"])
def test_who_leaves_a_new_site_leaves_an_empty_folder(tmp_path: Path, leave: str) -> None:
    """After several answers, too."""
    terminal = coopcal(tmp_path, "new", "site", "--now", NOW)
    terminal.until("In which languages")
    terminal.type("en\n")
    terminal.until("called")
    terminal.type("Our events\n")
    terminal.until("In which country")

    assert terminal.leave(leave) == (130 if leave == "\x03" else 2)
    assert list(tmp_path.iterdir()) == []


def test_where_it_is_served_from_decides_what_is_asked(tmp_path: Path) -> None:
    """Who has not decided is not asked at which address; who has a server is proposed one of the domain."""
    terminal = coopcal(tmp_path, "new", "site", "--now", NOW)
    for wanted, said in (
        ("In which languages", "?\n"),
        ("These are the languages", ""),
        ("In which languages", "\n"),
        ("called", "Our events\n"),
        ("In which country", "US\n"),
        ("Time zones there: America/New_York", ""),
        ("The time zone", "\n"),
        ("A domain name", "example.coop\n"),
        ("Where will it be", "s\n"),
        ("[https://calendars.example.coop]", "\n"),
    ):
        terminal.until(wanted)
        terminal.type(said)

    assert terminal.end() == 0
    assert "base_url: https://calendars.example.coop\n" in (tmp_path / "coopcal.yaml").read_text("utf-8")


@pytest.mark.sweep(cases=1)
@pytest.mark.parametrize(
    ("said", "told", "written"),
    [
        ("samstags, 6 mal", "Every week: Saturday, 6 dates until Saturday 10 July 2027", "{every: week, on: Saturday, count: 6}"),
        ("jeden 1. Samstag im Monat", "Every month: Saturday (number 1 in the month), without an end", "{every: month, on: first Saturday}"),
        ("ogni due settimane", "Every 2 weeks: Saturday, without an end", "{every: 2 weeks}"),
    ],
)  # fmt: skip
def test_how_it_repeats_is_read_back_and_written_in_english(
    tmp_path: Path, said: str, told: str, written: str
) -> None:
    """At a terminal it can be said again; a script is told."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY, "coopcal.yaml": SITE.replace("[en, fr]", "[en]")})
    options = ("new", "event", "--title", "Fair", "--when", "2027-06-05", "--where", "The Mill", "--online", "https://a.coop/",
               "--description", "x", "--tag", "Big Market", "--now", NOW)  # fmt: skip
    terminal = coopcal(root, *options)
    for wanted, answer in (
        ("is that right?", "when: Sun 5.6.2027\n"),
        ("is a Saturday, not “Sun”", ""),
        ("is that right?", "\n"),
        ("Does it repeat", "kurs\n"),
        ("does not tell how often", "every day\n"),
        ("Every day, without an end", f"{said}\n"),
        (f"{told}: is that right?", "\n"),
        ("Its short name", "\n"),
    ):
        terminal.until(wanted)
        terminal.type(answer)

    assert terminal.end() == 0, terminal.said
    text = (root / "calendars/bakery.yaml").read_text("utf-8")
    assert f"repeats: {written}\n" in text
    assert "when: 2027-06-05\n" in text
    assert "tags: [big-market]\n" in text or "- big-market\n" in text


def test_a_new_event_in_the_past_is_told(tmp_path: Path) -> None:
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY})
    past = new(root, "event", "--title", "Fair", "--when", "2026-05-30/2026-05-31")
    today = new(root, "event", "--title", "Fair", "--when", "2026-05-30/2026-06-01")

    assert ("in the past" in past.output, "in the past" in today.output) == (True, False)


@pytest.mark.parametrize("option", ["--language", "--root", "--quiet"])
@pytest.mark.parametrize("command", [("check",), ("new", "event"), ("schema",)])
def test_an_option_of_every_command_behind_one_is_told(option: str, command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*command, option, "it"])

    assert done.exit_code == 2
    assert f"“{option}” stands before the command: coopcal {option} … {command[0]} …" in done.output


def test_without_a_country_the_zone_is_asked_for(tmp_path: Path) -> None:
    """Nobody's events are in UTC because Enter was pressed twice."""
    terminal = coopcal(
        tmp_path,
        "new",
        "site",
        "--title",
        "Fair",
        "--language",
        "en",
        "--uid-domain",
        "example.coop",
        "--now",
        NOW,
    )
    for wanted, answer in (
        (questions.COUNTRY.words.split(" (")[0], "\n"),
        (questions.TIMEZONE.words.split(" (")[0], "\n"),
        ("An answer is needed", "Europe/Rome\n"),
        (questions.HOST.words.split(" (")[0], "\n"),
    ):
        terminal.until(wanted)
        terminal.type(answer)

    assert terminal.end() == 0, terminal.said
    assert "timezone: Europe/Rome\n" in (tmp_path / "coopcal.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "name", "country"),
    [
        ("The Mill, London, Großbritannien", "The Mill, London", "GB"),
        ("Il mulino, Londra, Regno Unito", "Il mulino, Londra", "GB"),
        ("The Mill, London, UK", "The Mill, London", "GB"),
        ("Die Mühle, Wien, Österreich", "Die Mühle, Wien", "AT"),
        ("Le moulin, Athènes, Grèce", "Le moulin, Athènes", "GR"),
    ],
)
def test_the_country_at_the_end_of_a_place(tmp_path: Path, said: str, name: str, country: str) -> None:
    """Stands apart, so that the time is the one there; both are told."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY})
    done = new(root, "event", "--title", "Fair", "--when", "2026-09-12 10:00", "--where", said)
    written = (root / "calendars/bakery.yaml").read_text("utf-8")

    assert done.exit_code == 0, done.output
    assert f"name: {name}" in written.replace('"', "")
    assert f"country: {country}" in written.split("events:")[1]
    assert "The country of the place: " in done.output
    assert {"GB": "Europe/London", "AT": "Europe/Vienna", "GR": "Europe/Athens"}[country] in done.output


@pytest.mark.parametrize(
    "said", ["The Mill, Ghent", "Hall, Portland, ME", "Belgium", "The Mill", "Rue 5, 9000 Gand, IT"]
)
def test_a_place_without_a_country_stays(tmp_path: Path, said: str) -> None:
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY})
    done = new(root, "event", "--title", "Fair", "--when", "2026-09-12 10:00", "--where", said)

    assert done.exit_code == 0, done.output
    assert f"where: {said}\n" in (root / "calendars/bakery.yaml").read_text("utf-8").replace('"', "")


@pytest.mark.parametrize(
    ("spoken", "languages", "stem"), [("de", "en", "baeckerei-ueberetsch"), ("en", "de, it", "baeckerei-ueberetsch"), ("en", "en", "backerei-uberetsch")]
)  # fmt: skip
def test_ids_are_spelt_as_german_is(tmp_path: Path, spoken: str, languages: str, stem: str) -> None:
    """Of organisations, events, feeds and files alike."""
    root = lay(tmp_path, {"coopcal.yaml": SITE.replace("[en, fr]", f"[{languages}]")})
    name = "Bäckerei U\u0308beretsch"
    for command in (
        ("organisation", "--name", name),
        ("event", "--organisation", stem, "--title", name, "--when", "2027-06-05"),
        ("feed", "--title", name + " Ö"),
    ):
        done = CliRunner().invoke(
            main, ["--language", spoken, "--root", str(root), "new", *command, "--now", NOW]
        )
        assert done.exit_code == 0, done.output

    assert f"id: {stem}-2027\n" in (root / f"calendars/{stem}.yaml").read_text("utf-8")
    assert (root / f"feeds/{stem}-{'oe' if stem[1:3] == 'ae' else 'o'}.yaml").is_file()
    (root / f"calendars/{name}.yaml").write_text("name: x\n", "utf-8")
    told = CliRunner().invoke(main, ["--language", "en", "--root", str(root), "check", "--now", NOW]).output
    assert f"rename it to {proposed_id(name, languages.split(', '))}.yaml" in told


def test_a_country_of_several_zones_is_told(tmp_path: Path) -> None:
    """Nothing is guessed; what there is to add is said."""
    root = lay(tmp_path, {"calendars/bakery.yaml": EMPTY})
    done = new(
        root,
        "event",
        "--title",
        "Fair",
        "--when",
        "2026-09-12 10:00",
        "--where",
        "O moinho, Lisboa, Portugal",
    )

    assert done.exit_code == 0, done.output
    assert "Europe/Lisbon" in done.output
    assert "where: O moinho, Lisboa, Portugal\n" in (root / "calendars/bakery.yaml").read_text("utf-8")

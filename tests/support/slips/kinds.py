"""Slips of the hand: what people get wrong in files that were right, each with the line it is in and the mend it wants."""

import random
from collections.abc import Iterator

from tests.support.slips.dates import (
    FRENCH,
    GERMAN,
    ITALIAN,
    SPAN,
    after_day,
    american,
    en_dash,
    french,
    german,
    in_words,
    month_and_day,
    no_slash,
    no_such_day,
    swapped_days,
    swapped_times,
    wrong_weekday,
)
from tests.support.slips.keys import capital, doubled, dropped, key_in, one_of_keys, synonym, transposed
from tests.support.slips.layout import (
    block_flat,
    bracket_lost,
    cut_off,
    dash_and_blanks_lost,
    dash_moved,
    indented_less,
    indented_more,
    languages_flat,
    merge_conflict,
    no_blank_after_colon,
    no_blank_after_dash,
    no_colon,
    no_dash,
    same_id,
    tab,
    text_goes_on_flat,
    twice,
)
from tests.support.slips.names import COUNTRIES, misspelt, misspelt_zone, zone_said
from tests.support.slips.slip import Maker, Slip, replaced
from tests.support.slips.texts import in_braces, in_title, invisible

KINDS: dict[str, Maker] = {
    "letters swapped in a key": one_of_keys(transposed),
    "a letter lost in a key": one_of_keys(dropped),
    "a letter twice in a key": one_of_keys(doubled),
    "a capital letter in a key": one_of_keys(capital),
    "another word for a key": one_of_keys(synonym),
    "ends before it starts": replaced(SPAN.pattern, swapped_times),
    "days the wrong way round": replaced(r"when: (\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})$", swapped_days),
    "a date with dots": replaced(r"when: (\d{4}-\d{2}-\d{2})$", german),
    "a date with slashes": replaced(r"when: (\d{4}-\d{2}-\d{2})$", american),
    "month and day swapped": replaced(r"when: (\d{4}-\d{2}-\d{2})", month_and_day),
    "a day that no month has": replaced(r"when: (\d{4}-\d{2}-\d{2})$", no_such_day),
    "an en dash between times": replaced(SPAN.pattern, en_dash),
    "times with an h": replaced(SPAN.pattern, french),
    "a blank for the slash": replaced(SPAN.pattern, no_slash),
    "a wrong weekday": replaced(r"when: (Sat|Tue|Thu) ", wrong_weekday),
    "a zone misspelt": replaced(r"timezone: (Europe/\w+)", lambda m: (f"timezone: {misspelt_zone(m[1])}", m[1])),
    "a zone without its region": replaced(r"timezone: (Europe/(\w+))", lambda m: (f"timezone: {m[2]}", m[1])),
    "UK for GB": replaced(r"country: (GB)", lambda _: ("country: UK", "GB")),
    "a country's name": replaced(r"country: (IE|BE|FR|IT)\b", lambda m: (f"country: {COUNTRIES[m[1]]}", m[1])),
    "a place misspelt": replaced(r"where: (mill)$", lambda _: ("where: mll", "mill")),
    "a tag misspelt": replaced(r"tags: \[(market|education|assembly|conference)\]", lambda m: (f"tags: [{misspelt(m[1])}]", m[1])),
    "a break misspelt": replaced(r"except: \[(christmas|summer)", lambda m: (f"except: [{misspelt(m[1])}", m[1])),
    "a contact misspelt": replaced(r"contact: (office)$", lambda _: ("contact: offce", "office")),
    "an organisation misspelt": replaced(r"(organisers|partners|part_of): \[(cicopa|cecop|desjardins|cg-scop)", lambda m: (f"{m[1]}: [{misspelt(m[2])}", m[2])),
    "a group misspelt": replaced(r"visibility: (board)$", lambda _: ("visibility: baord", "board")),
    "a status misspelt": replaced(r"status: (cancelled|postponed|tentative)", lambda m: (f"status: {misspelt(m[1])}", m[1])),
    "an American status": replaced(r"status: (cancelled)", lambda _: ("status: canceled", "cancelled")),
    "an address without https": replaced(r"url: https://(\S+?)([,}]|$)", lambda m: (f"url: {m[1]}{m[2]}", f"https://{m[1]}")),
    "a date that is no occurrence": replaced(r"^(\s+)(2027-01-12):$", lambda m: (f"{m[1]}2027-01-13:", "2027-01-12")),
    "a colour without quotes": replaced(r'colour: "(#\w+)"', lambda m: (f"colour: {m[1]}", f'"{m[1]}"')),
    "a key too far right": indented_more,
    "a key too far left": indented_less,
    "a tab": tab,
    "no blank after a dash": no_blank_after_dash,
    "a dash lost": no_dash,
    "a colon lost": no_colon,
    "no blank after a colon": no_blank_after_colon,
    "a colon in a title": in_title(lambda title: f"Meeting: {title}", lambda title: f'"Meeting: {title}"'),
    "a hash in a title": in_title(lambda title: f"{title} # 5", lambda title: f'"{title} # 5"'),
    "a quote not closed": in_title(lambda title: f'"{title}', lambda title: f'"{title}"'),
    "typographic quotes": in_title(lambda title: f"“{title}”", lambda title: f'"{title}"'),
    "an apostrophe in single quotes": in_title(lambda title: f"'Don't {title}'", lambda title: f"Don't {title}"),
    "a bracket lost": bracket_lost,
    "a key twice": twice,
    "an id twice": same_id,
    "a merge conflict": merge_conflict,
    "a value lost": cut_off,
    "a question mark in braces": replaced(
        r"\{when: (\d{4}-\d{2}-\d{2}) \d{2}:\d{2}/\d{2}:\d{2}", lambda m: (f"{{when: {m[1]} ??:??", f'"{m[1]} ??:??"')
    ),
    "a colon in braces": in_braces(lambda m: f"{m[1]}Frist: {m[2]}{m[3]}{m[4]}{m[5]}", lambda m: f'de: "Frist: {m[2]}"'),
    "colons in braces": in_braces(lambda m: f"{m[1]}Frist: {m[2]}{m[3]}Scadenza: {m[4]}{m[5]}", lambda m: f'it: "Scadenza: {m[4]}"'),
    "an apostrophe in braces": in_braces(lambda m: f"{m[1]}{m[2]}{m[3]}'L'{m[4]}'{m[5]}", lambda m: f'it: "L\'{m[4]}"'),
    "quotes in quotes in braces": in_braces(lambda m: f'{m[1]}"Der "neue" {m[2]}"{m[3]}{m[4]}{m[5]}', lambda m: f"de: 'Der \"neue\" {m[2]}'"),
    "a comma in braces": in_braces(lambda m: f"{m[1]}Brot, Käse, {m[2]}{m[3]}{m[4]}{m[5]}", lambda m: f'de: "Brot, Käse, {m[2]}"'),
    "a comma in the last value": in_braces(lambda m: f"{m[1]}{m[2]}{m[3]}{m[4]}, pane e vino{m[5]}", lambda m: f'it: "{m[4]}, pane e vino"'),
    "a brace lost": in_braces(lambda m: f"{m[1]}{m[2]}{m[3]}{m[4]}", lambda m: m[4] + "}"),
    "a brace never opened": in_braces(lambda m: f"{m[1]}{m[2]}{m[3]}{m[4]}{m[5]}".replace("{", ""), lambda m: "{de: " + m[2]),
    "a brace too many": in_braces(lambda m: f"{m[0]}" + "}", lambda m: m[4] + "}"),
    "a comma lost in braces": in_braces(lambda m: f"{m[1]}{m[2]}{m[3].replace(',', '')}{m[4]}{m[5]}", lambda m: f"{m[2]}, it:"),
    "a semicolon in braces": in_braces(lambda m: f"{m[1]}{m[2]}{m[3].replace(',', ';')}{m[4]}{m[5]}", lambda m: f"{m[2]}, it:"),
    "a quote not closed in braces": in_braces(lambda m: f'{m[1]}"{m[2]}{m[3]}{m[4]}{m[5]}', lambda m: f'de: "{m[2]}"'),
    "typographic quotes in braces": in_braces(lambda m: f"{m[1]}„{m[2]}“{m[3]}{m[4]}{m[5]}", lambda m: f'de: "{m[2]}"'),
    "a hash in braces": in_braces(lambda m: f"{m[1]}{m[2]} #5{m[3]}{m[4]}{m[5]}", lambda m: f'de: "{m[2]} #5"'),
    "no blank after a colon in braces": in_braces(lambda m: m[0].replace("de: ", "de:"), lambda m: f"de: {m[2]}"),
    "a colon lost before braces": in_braces(lambda m: m[0].replace("title: {", "title {"), lambda _: "title: {"),
    "languages below their key": languages_flat,
    "German times": after_day("von 16 bis 23 Uhr", "16:00/23:00"),
    "a German beginning": after_day("ab 16:00", "16:00"),
    "hours alone": after_day("16-23", "16:00/23:00"),
    "hours with a slash": after_day("16/23", "16:00/23:00"),
    "Italian times": after_day("dalle 16 alle 18:30", "16:00/18:30"),
    "an Italian beginning": after_day("alle 16", "16:00"),
    "French times": after_day("de 16h à 18h", "16:00/18:00"),
    "a French beginning": after_day("à 16h", "16:00"),
    "times with am and pm": after_day("from 4pm to 6pm", "16:00/18:00"),
    "until 24:00": after_day("18:00/24:00", "18:00/"),
    "a German day": in_words("Samstag, {day}. {month} {year}, 16 Uhr", GERMAN, "{day} 16:00"),
    "an Italian day": in_words("{day} {month} {year} ore 16", ITALIAN, "{day} 16:00"),
    "a French day": in_words("{day} {month} {year} à 16h30", FRENCH, "{day} 16:30"),
    "a year wrong at the end": replaced(SPAN.pattern, lambda m: (f"when: {m[1]} {m[2]}/{int(m[1][:4]) - 1}{m[1][4:]} {m[3]}", f"{m[1]} {m[2]}/{m[1]} {m[3]}")),
    "a zone by its offset": zone_said("GMT+1", "Europe/Rome"),
    "a zone by an abbreviation": zone_said("MEZ", "Europe/Rome"),
    "a zone of a city without one": zone_said("Europe/Bozen", "Europe/Rome"),
    "a zone of Windows": zone_said("W. Europe Standard Time", "Europe/Rome"),
    "a zero-width space before braces": invisible("\u200b", r"(title: )(\{de)"),
    "a zero-width space in a key": invisible("\u200b", r"^(    wh)(ere: )"),
    "a soft hyphen in a date": invisible("\u00ad", r"(when: \d{4}-)(\d{2}-\d{2})"),
    "a mark of byte order in a line": invisible("\ufeff", r"^(    when: )(\d)"),
    "a text at the margin": block_flat,
    "a text that goes on too far left": text_goes_on_flat,
    "a dash too far right": dash_moved(1),
    "a dash too far left": dash_moved(-1),
    "a dash and its blanks lost": dash_and_blanks_lost,
    "a German key": key_in({"where": "ort", "when": "wann", "title": "titel", "description": "beschreibung", "status": "stand"}),
    "an Italian key": key_in({"where": "dove", "when": "quando", "title": "titolo", "description": "descrizione", "contact": "contatto"}),
    "a French key": key_in({"where": "lieu", "when": "quand", "title": "titre", "documents": "pièces", "registration": "inscription"}),
    "a no-break space after a colon": replaced(r"(title|when|where):( )(?=[\w{])", lambda m: (f"{m[1]}:\u00a0", "blank")),
}  # fmt: skip
"""The kinds of slips."""


def slips(files: dict[str, str], count: int, seed: int) -> Iterator[tuple[str, str, Slip]]:
    """Return (kind, path, slip): every kind in turn, each time at another place, until there are so many."""
    rng = random.Random(seed)
    made = {
        kind: [
            (path, slip) for path, text in files.items() for slip in maker(text.rstrip("\n").split("\n"), rng)
        ]
        for kind, maker in KINDS.items()
    }
    for candidates in made.values():
        rng.shuffle(candidates)
    given = 0
    while given < count and any(made.values()):
        for kind, candidates in made.items():
            if candidates and given < count:
                path, slip = candidates.pop()
                yield kind, path, slip
                given += 1

"""The words for how often and on which days, in the languages that coopcal speaks."""

import unicodedata
from functools import cache, lru_cache

from coopcal.definitions.when.names import weekdays
from coopcal.model.recurrence import Frequency

UNITS = {
    Frequency.DAILY: {
        "en": "day days daily", "fr": "jour jours quotidien quotidiennement", "es": "día días dia dias diario diariamente",
        "it": "giorno giorni giornaliero quotidiano giornalmente quotidianamente", "pt": "dia dias diário diariamente",
        "de": "tag tage tagen täglich taeglich",
    },
    Frequency.WEEKLY: {
        "en": "week weeks weekly", "fr": "semaine semaines hebdomadaire", "es": "semana semanas semanal semanalmente",
        "it": "settimana settimane settimanale settimanalmente", "pt": "semana semanas semanal semanalmente",
        "de": "woche wochen wöchentlich woechentlich",
    },
    Frequency.MONTHLY: {
        "en": "month months monthly", "fr": "mois mensuel mensuellement", "es": "mes meses mensual mensualmente",
        "it": "mese mesi mensile mensilmente", "pt": "mês mes meses mensal mensalmente",
        "de": "monat monate monaten monats monatlich",
    },
    Frequency.YEARLY: {
        "en": "year years yearly annually annual", "fr": "an ans année années annuel annuellement", "es": "año años anual anualmente",
        "it": "anno anni annuale annualmente", "pt": "ano anos anual anualmente", "de": "jahr jahre jahren jahres jährlich jaehrlich",
    },
}  # fmt: skip
"""Words for each unit by language; the first of English is the one to write."""

EVERY_SOME = {
    (
        2,
        Frequency.WEEKLY,
    ): "fortnight fortnights fortnightly biweekly zweiwöchentlich zweiwöchig vierzehntägig vierzehntäglich 14-tägig 14-täglich "
    "14tägig quindicinale quindicinalmente bisettimanale quincenal quincenalmente quinzenal quinzenalmente quinzaine",
    (2, Frequency.MONTHLY): "bimonthly zweimonatlich bimestrale bimestral bimestriel",
    (
        3,
        Frequency.MONTHLY,
    ): "quarter quarterly quartal vierteljährlich quartalsweise trimestre trimestriel trimestral trimestrale trimestralmente",
    (6, Frequency.MONTHLY): "halbjährlich semestrale semestral semestriel semestralmente",
    (2, Frequency.YEARLY): "biennial zweijährlich biennale bienal biennal bisannuel",
}
"""Words that say how many units lie between two dates."""

NUMBERS = {
    1: "one un une uno una um uma ein eine einen einem einer",
    2: "two deux dos due dois duas zwei",
    3: "three trois tres tre três drei",
    4: "four quatre cuatro quattro quatro vier",
    5: "five cinq cinco cinque fünf",
    6: "six seis sei sechs",
    7: "seven sept siete sette sete sieben",
    8: "eight huit ocho otto oito acht",
    9: "nine neuf nueve nove neun",
    10: "ten dix diez dieci dez zehn",
    11: "eleven onze once undici elf",
    12: "twelve douze doce dodici doze zwölf",
    14: "fourteen quatorze catorce quattordici catorze vierzehn",
    15: "fifteen quinze quince quindici fünfzehn",
}

ORDINALS = {
    1: "first 1st premier première 1er 1re primer primero primo prima primeiro primeira erster ersten erste",
    2: "second 2nd deuxième seconde 2e segundo segunda secondo seconda zweiter zweiten zweite",
    3: "third 3rd troisième 3e tercer tercero terzo terza terceiro terceira dritter dritten dritte",
    4: "fourth 4th quatrième 4e cuarto quarto quarta vierter vierten vierte",
    5: "fifth 5th cinquième 5e quinto quinta fünfter fünften fünfte",
    -1: "last dernier dernière último última ultimo ultima letzter letzten letzte",
}

LAST_DAY = ("last day", "dernier jour", "último día", "ultimo giorno", "último dia", "letzter tag")

WEEKDAYS = (
    "weekdays",
    "weekday",
    "working days",
    "jours ouvrables",
    "días laborables",
    "dias úteis",
    "werktage",
    "werktags",
    "werktagen",
)
"""Monday to Friday."""

AND = ("and", "et", "y", "e", "und", "&")


@lru_cache(maxsize=64)
def units(languages: tuple[str, ...] = ()) -> dict[str, Frequency]:
    """Return the units by their words, in some languages or in all of them."""
    return {
        word: unit
        for unit, by_language in UNITS.items()
        for language, words in by_language.items()
        for word in words.split()
        if not languages or language in languages
    }


@cache
def numbers() -> dict[str, int]:
    """Return the numbers by their words."""
    return {word: number for number, words in NUMBERS.items() for word in words.split()}


@cache
def ordinals() -> dict[str, int]:
    """Return the places in a month by their words."""
    return {word: number for number, words in ORDINALS.items() for word in words.split()}


@cache
def every_some() -> dict[str, tuple[int, Frequency]]:
    """Return how often something is by the words that say it alone."""
    return {word: often for often, words in EVERY_SOME.items() for word in words.split()}


@lru_cache(maxsize=64)
def weekday_words(languages: tuple[str, ...]) -> dict[str, int]:
    """Return the weekdays by their names in these languages and English, and by those for all of them: “samstags”, “sabati”."""
    by_name = dict(weekdays(languages))
    for language in (*languages, "en"):
        for name, number in weekdays((language,)).items():
            for ending, endings in _PLURALS.get(language, {}).items():
                if len(name) > 4 and name.endswith(ending):  # noqa: PLR2004 - in full
                    for other in endings.split():
                        by_name.setdefault(name.removesuffix(ending) + other.strip("-"), number)
    plain = {
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode(): day
        for name, day in by_name.items()
    }
    return plain | by_name


_PLURALS = {
    "en": {"day": "days"},
    "de": {"tag": "tags tage tagen", "woch": "wochs woche wochen"},
    "fr": {"di": "dis", "che": "ches"},
    "es": {"o": "os"},
    "it": {"sabato": "sabati", "domenica": "domeniche"},
    "pt": {"-feira": "- s s-feiras", "o": "os"},
}
"""Endings of a weekday's name in full, and those of other forms of it."""

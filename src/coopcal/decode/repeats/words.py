"""The words for how often and on which days, in the languages that coopcal speaks."""

from coopcal.model.recurrence import Frequency

UNITS = {
    Frequency.DAILY: "day days jour jours día días giorno giorni dia dias tag tage tagen daily quotidien diario täglich",
    Frequency.WEEKLY: "week weeks semaine semaines semana semanas settimana settimane woche wochen weekly hebdomadaire semanal wöchentlich",
    Frequency.MONTHLY: "month months mois mes meses mese mesi mês monat monate monaten monthly mensuel mensual mensile mensal monatlich",
    Frequency.YEARLY: "year years an ans année années año años anno anni ano anos jahr jahre jahren yearly annually annual annuel anual annuale jährlich",
}
"""Words for each unit; the first of each is the one to write."""

ORDINALS = {
    1: "first 1st premier première 1er 1re primer primero primo prima primeiro primeira erster ersten erste",
    2: "second 2nd deuxième second seconde 2e segundo segunda secondo seconda zweiter zweiten zweite",
    3: "third 3rd troisième 3e tercer tercero terzo terza terceiro terceira dritter dritten dritte",
    4: "fourth 4th quatrième 4e cuarto quarto quarta vierter vierten vierte",
    5: "fifth 5th cinquième 5e quinto quinta fünfter fünften fünfte",
    -1: "last dernier dernière último última ultimo ultima letzter letzten letzte",
}

LAST_DAY = ("last day", "dernier jour", "último día", "ultimo giorno", "último dia", "letzter tag")

WEEKDAYS = ("weekdays", "working days", "jours ouvrables", "werktage")
"""Monday to Friday."""

AND = ("and", "et", "y", "e", "und", "&")


def units() -> dict[str, Frequency]:
    """Give the units by their words."""
    return {word: unit for unit, words in UNITS.items() for word in words.split()}


def ordinals() -> dict[str, int]:
    """Give the places in a month by their words."""
    return {word: number for number, words in ORDINALS.items() for word in words.split()}

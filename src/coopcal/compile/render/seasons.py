"""The season or feast that a break is named for, by which pages tell it: its name itself is an id of the sources."""

from dataclasses import replace

from coopcal.model.recurrence import Pause

_SEASONS = {
    "spring": "spring fruehling fruhling fruehjahr printemps primavera",
    "summer": "summer sommer sommerferien sommerpause ete verano estate estiva verao",
    "autumn": "autumn fall herbst herbstferien automne otono autunno outono",
    "winter": "winter winterferien winterpause hiver invierno inverno",
    "christmas": "christmas xmas weihnachten weihnachtsferien weihnachtspause noel navidad navidades natale natal",
    "easter": "easter ostern osterferien paques pascua pasqua pascoa",
    "carnival": "carnival karneval fasching faschingsferien carnaval carnevale",
}  # fmt: skip
_NAMES = {name: season for season, names in _SEASONS.items() for name in names.split()}
_ADDED = (
    "break breaks holiday holidays pause recess closing closure ferien vacances conge conges d de di da del vacaciones ferias "
    "vacanze pausa chiusura cierre"
)
_BESIDE = frozenset(_ADDED.split())
_SHORTEST = dict.fromkeys(("spring", "summer", "autumn", "winter"), 21)
"""Days that a break has at least which is called by a season: of a shorter one the days are told."""


def named(pause: Pause) -> Pause:
    """Return a break under the season or feast that it is named for, in any language; under no name where that is not known.

    A name is an id of the sources, which is not published.
    """
    return replace(pause, name=_season(pause))


def _season(pause: Pause) -> str:
    names = [part for part in pause.name.split("-") if not part.isdecimal()]
    seasons = {_NAMES[name] for name in names if name in _NAMES}
    if len(seasons) != 1 or not all(name in _NAMES or name in _BESIDE for name in names):
        return ""
    (season,) = seasons
    length = (pause.last - pause.first).days + 1
    return season if length >= _SHORTEST.get(season, 1) else ""

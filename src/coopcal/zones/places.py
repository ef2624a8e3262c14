"""Cities and other places by which people call zones, in several languages."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale

from coopcal.zones.countries import countries, of_country
from coopcal.zones.database import canonical, names

LANGUAGES = ("en", "de", "fr", "fr_CA", "es", "es_MX", "it", "pt", "pt_PT", "nl")
"""Those whose names of cities and of zones are known."""

_PLACES = {
    "Africa/Johannesburg": "pretoria", "Africa/Lagos": "west central africa",
    "America/Adak": "aleutian islands", "America/Anchorage": "alaska", "America/Bahia": "salvador", "America/Cancun": "chetumal",
    "America/Chicago": "us central", "America/Denver": "us mountain", "America/Guatemala": "central america", "America/Guyana": "georgetown",
    "America/Indiana/Indianapolis": "indiana", "America/Los_Angeles": "san francisco, seattle, us pacific", "America/Mexico_City": "guadalajara",
    "America/New_York": "boston, washington, philadelphia, miami, us eastern", "America/Nuuk": "greenland", "America/Phoenix": "arizona",
    "America/Regina": "saskatchewan", "America/Sao_Paulo": "rio, rio de janeiro, brasilia, brasília, porto alegre, curitiba, belo horizonte",
    "America/St_Johns": "newfoundland", "America/Tijuana": "baja california", "America/Toronto": "montréal, ottawa, québec, quebec",
    "Asia/Almaty": "astana, nur-sultan", "Asia/Bangkok": "hanoi", "Asia/Colombo": "sri jayawardenepura", "Asia/Dubai": "abu dhabi",
    "Asia/Gaza": "gaza", "Asia/Hebron": "hebron", "Asia/Kamchatka": "petropavlovsk-kamchatsky", "Asia/Karachi": "islamabad",
    "Asia/Kolkata": "delhi, new delhi, mumbai, bombay, calcutta, madras, chennai, bangalore, bengaluru", "Asia/Shanghai": "beijing, chongqing",
    "Asia/Tokyo": "osaka, sapporo", "Asia/Yangon": "rangoon", "Asia/Yekaterinburg": "ekaterinburg", "Atlantic/Cape_Verde": "cape verde is.",
    "Atlantic/South_Georgia": "mid-atlantic", "Australia/Sydney": "canberra", "Etc/GMT+12": "international date line west",
    "Europe/Berlin": "munich, münchen, muenchen, monaco di baviera, hamburg, köln, koeln, cologne, colonia, frankfurt, stuttgart, leipzig, "
    "dresden, bremen, hannover, nürnberg, nuremberg, freiburg, bonn, düsseldorf, kiel",
    "Europe/Amsterdam": "rotterdam, utrecht, den haag, the hague, eindhoven, groningen",
    "Europe/Brussels": "antwerp, antwerpen, anvers, ghent, gent, gand, liège, luik, lüttich, bruges, brugge, namur, leuven, louvain, charleroi",
    "Europe/Bucharest": "eastern europe", "Europe/Chisinau": "e. europe", "Europe/Dublin": "cork, galway, limerick", "Europe/Kyiv": "kyiv",
    "Europe/Lisbon": "porto, coimbra, braga",
    "Europe/London": "manchester, birmingham, edinburgh, glasgow, cardiff, leeds, bristol, liverpool, rochdale, oxford, cambridge",
    "Europe/Madrid": "barcelona, barcelone, valencia, sevilla, seville, bilbao, zaragoza, málaga, malaga, granada, san sebastián, mondragón",
    "Europe/Moscow": "st. petersburg",
    "Europe/Paris": "lyon, marseille, bordeaux, toulouse, lille, nantes, strasbourg, straßburg, nice, rennes, grenoble, montpellier",
    "Europe/Rome": "bolzano, bozen, milano, milan, mailand, mailandia, milán, milão, torino, turin, turín, firenze, florence, florenz, "
    "florencia, florença, napoli, naples, neapel, nápoles, venezia, venice, venedig, venise, venecia, bologna, bolonia, genova, genua, gênes, "
    "genoa, trento, trient, trieste, triest, verona, padova, padua, palermo, bari, catania, meran, merano, brixen, bressanone, perugia, "
    "modena, parma, reggio emilia",
    "Europe/Samara": "izhevsk", "Europe/Vienna": "graz, linz, salzburg, innsbruck, klagenfurt",
    "Europe/Zurich": "geneva, genève, genf, ginevra, basel, bâle, basilea, bern, berne, lausanne, lugano, bellinzona, luzern",
    "Indian/Mauritius": "port louis", "Pacific/Auckland": "wellington", "Pacific/Easter": "easter island", "Pacific/Guadalcanal": "solomon is.",
    "Pacific/Honolulu": "hawaii", "Pacific/Majuro": "marshall is.", "Pacific/Marquesas": "marquesas islands", "Pacific/Noumea": "new caledonia",
    "Pacific/Pago_Pago": "midway island", "Pacific/Tongatapu": "nuku'alofa",
}  # fmt: skip
"""Places that the database has no zone of: cities where cooperatives are, and what Windows, Exchange and Outlook show."""

_NO_CITIES = ("Etc/", "SystemV/", "US/", "Canada/", "Mexico/", "Brazil/", "Chile/", "Australia/")
"""How old spellings begin that end in a direction or a state."""


def folded(name: str) -> str:
    """Return the name of a place as it is looked up: without regard to capitals, underscores and kinds of apostrophes."""
    return name.strip().replace("_", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold()


@cache
def of_places() -> Mapping[str, str]:
    """Return zones by the places that they are called by: their own cities before others of that name."""
    listed = sorted((name for code in countries() for name in of_country(code)), reverse=True)
    by_place = {
        _end(name): name
        for name in sorted(names() - set(listed), reverse=True)
        if "/" in name and not name.startswith(_NO_CITIES)
    }
    by_place |= {place: name for name, cities in _PLACES.items() for place in cities.split(", ")}
    by_place |= {_end(name): name for name in listed}
    for language in LANGUAGES:
        for name, names_there in Locale.parse(language).time_zones.items():
            if "city" in names_there and "/" in name and name in names() and not name.startswith("Etc/"):
                for city in filter(None, re.split(r"\s*[()]", names_there["city"])):
                    by_place.setdefault(folded(city), name if name in listed else canonical(name))
    return MappingProxyType(by_place)


def _end(name: str) -> str:
    return folded(name.rsplit("/", 1)[-1])

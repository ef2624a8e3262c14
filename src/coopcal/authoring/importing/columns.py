"""The columns of tables: what each holds, and the headings by which programs and people call it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale

from coopcal.authoring.importing.zone_names import by_name, by_words, offset
from coopcal.model.ids import proposed_id

_ANY = ""
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "title": {
        "en": "title subject summary name event what headline", "fr": "titre nom quoi objet intitule evenement",
        "es": "titulo asunto nombre que evento", "it": "titolo oggetto nome cosa evento",
        "pt": "titulo assunto nome o-que evento", "de": "titel betreff name was veranstaltung veranstaltungsname veranstaltungstitel bezeichnung",
        "nl": "titel onderwerp naam wat",
    },
    "start": {
        _ANY: "start begin dtstart datum data",
        "en": "start-date date begin-date startdate start-datetime start-date-time date-time date-and-time from when day starts begins dates",
        "fr": "date date-de-debut debut jour le quand du de date-debut date-et-heure dates",
        "es": "fecha-de-inicio fecha inicio comienza el-dia dia cuando desde fecha-inicio fecha-y-hora fecha-de-comienzo fecha-comienzo",
        "it": "data-di-inizio inizio inizia-il giorno quando dal dalle data-inizio data-e-ora",
        "pt": "data-de-inicio inicio comeca-em dia quando de das desde data-inicio data-e-hora",
        "de": "beginn startdatum am beginnt-am wann von ab tag beginndatum anfang datum-und-uhrzeit datum-uhrzeit termin",
    },
    "start-time": {
        "en": "start-time starttime time begin-time hour hours times", "de": "startzeit uhrzeit beginn-um zeit beginnt-um anfangszeit beginnzeit",
        "fr": "heure-de-debut heure heure-debut horaire horaires", "es": "hora-de-inicio hora comienzo hora-inicio horario",
        "it": "ora-di-inizio ora ora-inizio orario ore", "pt": "hora-de-inicio hora hora-inicio horario hora-de-comeco",
    },
    "end": {
        _ANY: "end dtend",
        "en": "end-date to until enddate end-datetime end-date-time ends till through", "fr": "date-de-fin fin date-fin au jusqu-au a",
        "es": "fecha-de-finalizacion fecha-de-fin fecha-fin hasta fin al finaliza", "it": "data-di-fine fine termina-il data-fine al alle fino-al",
        "pt": "data-de-termino data-de-fim fim termino ate data-fim as", "de": "ende enddatum endet-am bis endet",
    },
    "end-time": {
        "en": "end-time endtime finish-time", "de": "endzeit ende-um endet-um", "fr": "heure-de-fin heure-fin",
        "es": "hora-de-finalizacion finalizacion hora-de-fin hora-fin", "it": "ora-di-fine ora-fine", "pt": "hora-de-termino hora-de-fim hora-fim",
    },
    "duration": {_ANY: "duration length dauer duree duracion durata duracao"},
    "all-day": {
        _ANY: "all-day-event all-day allday ganztagig ganztagiges-ereignis ganztags journee-entiere toute-la-journee todo-el-dia dia-completo "
        "tutto-il-giorno giornata-intera o-dia-todo evento-de-dia-inteiro dia-inteiro evento-de-todo-el-dia evenement-d-une-journee",
    },
    "description": {
        "en": "description details notes body text content about", "de": "beschreibung notizen details inhalt", "fr": "descriptif description details contenu",
        "es": "descripcion detalles notas", "it": "descrizione dettagli", "pt": "descricao detalhes notas",
    },
    "place": {
        "en": "location place where venue venue-name", "de": "ort wo veranstaltungsort lokal", "fr": "lieu endroit emplacement ou",
        "es": "lugar ubicacion donde sede", "it": "luogo dove sede", "pt": "local lugar onde",
    },
    "room": {_ANY: "room raum saal salle sala hall"},
    "address": {_ANY: "address street street-address adresse anschrift strasse direccion indirizzo endereco morada venue-address"},
    "city": {_ANY: "city town stadt ville ciudad citta cidade venue-city"},
    "country": {_ANY: "country land pays pais paese nazione venue-country"},
    "tags": {
        _ANY: "categories category tags tag kategorien kategorie schlagworte schlagworter etiquettes mots-cles categorias etiquetas categorie "
        "categoria etichette type art",
    },
    "url": {_ANY: "url website link web-page webseite page lien enlace sito sito-web pagina web event-url weblink site-web"},
    "online": {_ANY: "online meeting-link conference video meet zoom en-ligne en-linea virtual-link meeting-url"},
    "contact": {_ANY: "contact kontakt contacto contatto contato ansprechpartner"},
    "uid": {_ANY: "uid id"},
    "timezone": {_ANY: "timezone time-zone tz zeitzone fuseau-horaire fuseau zona-horaria fuso-orario fuso-horario"},
    "status": {_ANY: "status statut estado stato"},
    "private": {_ANY: "private privat prive privado privato particular"},
    "sensitivity": {_ANY: "sensitivity vertraulichkeit critere-de-diffusion confidentialite confidencialidad confidencialidade riservatezza sensibilidad sensibilidade gevoeligheid"},
    "shows-as": {_ANY: "show-time-as shows-as show-as anzeigen-als zeitspanne-zeigen-als afficher-la-disponibilite mostrar-hora-como mostrar-como mostra-ora-come mostra-come"},
    "rule": {_ANY: "rrule recurrence-rule"},
    "geo": {_ANY: "geo coordinates position"},
    "note": {_ANY: "note comment"},
}  # fmt: skip
"""Each column, and its headings as slugs, by the language that they are in."""

IN_LANGUAGES = ("title", "description", "place")
"""Columns that there may be one of for each language."""

JOINED = ("room", "address", "city", "country", "tags", "url")
"""Columns that there may be several of."""

_LONGEST_HEADING = 60
_OF_TIMES = ("start", "start-time", "end", "end-time", "duration")
_FORMAT = re.compile(
    r"[dmyjthsa./: -]*|optional|required|local(?: time)?|(?:12|24)[ -]?h(?:ours?)?|iso(?: ?8601)?|min(?:utes?)?"
)
"""What headings note in brackets of how times are written."""

_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds; ``languages`` are those that its heading may be in, ``language`` and ``zone`` those that it names."""

    name: str
    languages: frozenset[str] = frozenset()
    language: str = ""
    zone: str = ""


@cache
def _by_heading() -> Mapping[str, Column]:
    by_heading: dict[str, Column] = {}
    for name, headings in COLUMNS.items():
        for language, listed in headings.items():
            for heading in listed.split():
                before = by_heading.get(heading)
                if before is None or before.name == name:
                    languages = (before.languages if before else frozenset()) | {language}
                    by_heading[heading] = Column(name, languages)
    return by_heading


def column_of(heading: str) -> Column | None:
    """Return what a column of that heading holds; None where that is not known."""
    slug = proposed_id(heading[:_LONGEST_HEADING])
    if column := _known(slug):
        return column
    head, _, tail = slug.rpartition("-")
    if (column := _known(head)) and (language := _languages().get(tail)) and column.name in IN_LANGUAGES:
        return Column(column.name, column.languages, language)
    outside, bracket, inside = heading.partition("(")
    return _noted(_known(proposed_id(outside[:_LONGEST_HEADING])), inside.split(")")[0]) if bracket else None


def _noted(column: Column | None, note: str) -> Column | None:
    """Return a column with what its heading notes in brackets: “Start (UTC)”, “Date (dd/mm/yyyy)”; None where times are of an unknown kind."""
    if column is None or column.name not in _OF_TIMES or _FORMAT.fullmatch(note.strip().casefold()):
        return column
    is_zone = by_name(note) or by_words(note, _YEAR, ()) or offset(note) is not None
    return replace(column, zone=note.strip()) if is_zone else None


def _known(slug: str) -> Column | None:
    return _by_heading().get(slug) or _by_heading().get(slug.removeprefix("event-"))


@cache
def _languages() -> Mapping[str, str]:
    """Return languages by their codes, and by their names in the languages that coopcal speaks, as slugs."""
    codes: dict[str, str] = {}
    for speaker in ("en", "fr", "es", "it", "pt", "de"):
        for code, name in Locale(speaker).languages.items():
            if code.isalpha():
                codes.setdefault(proposed_id(name), code)
                codes.setdefault(code, code)
    feminine = {
        "francaise": "fr",
        "italienne": "it",
        "allemande": "de",
        "anglaise": "en",
        "espagnole": "es",
        "portugaise": "pt",
    }
    return codes | feminine


def named(written: str) -> Column | None:
    """Return the column that staff name: ``title``, or ``title:fr`` where it is in a language; None where there is none."""
    name, _, language = written.strip().partition(":")
    if name not in COLUMNS or (language and (name not in IN_LANGUAGES or not language.isalpha())):
        return None
    return Column(name, language=language.lower())

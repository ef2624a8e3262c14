"""The columns of tables: what each holds, and the headings by which programs and people call it."""

from functools import cache

from coopcal.source.tree import proposed_id

COLUMNS = {
    "title": "subject title summary name event event-title what titre titel betreff titulo asunto assunto oggetto titolo evenement veranstaltung evento nom",
    "start": "start-date start date begin begin-date startdate start-datetime dtstart from when day beginn startdatum datum am beginnt-am date-de-debut debut jour le fecha-de-inicio fecha inicio comienza el-dia data-di-inizio data inizio inizia-il giorno data-de-inicio comeca-em dia",
    "start-time": "start-time starttime time begin-time hour startzeit uhrzeit beginn-um zeit beginnt-um heure-de-debut heure hora-de-inicio hora comienzo ora-di-inizio ora ora-inizio",
    "end": "end-date end enddate end-datetime dtend to until ende enddatum endet-am date-de-fin fin fecha-de-finalizacion fecha-de-fin fecha-fin data-di-fine fine termina-il data-de-termino data-de-fim fim",
    "end-time": "end-time endtime endzeit ende-um endet-um heure-de-fin hora-de-finalizacion hora-de-fin ora-di-fine ora-fine hora-de-termino hora-de-fim",
    "all-day": "all-day-event all-day allday ganztagig ganztagiges-ereignis journee-entiere toute-la-journee todo-el-dia tutto-il-giorno giornata-intera o-dia-todo evento-de-dia-inteiro",
    "description": "description details notes body text content beschreibung notizen descripcion descrizione descricao",
    "place": "location place where venue ort lieu lugar ubicacion luogo local emplacement endroit",
    "tags": "categories category tags kategorien kategorie schlagworte etiquettes mots-cles categorias etiquetas categorie tag",
    "url": "url website link web-page page lien enlace webseite sito pagina",
    "online": "online meeting-link conference video meet zoom en-ligne en-linea",
    "contact": "contact kontakt contacto contatto contato",
    "uid": "uid id event-id",
    "timezone": "timezone time-zone tz zeitzone fuseau-horaire fuseau zona-horaria fuso-orario fuso-horario",
    "status": "status",
    "private": "private privat prive privado privato particular",
    "sensitivity": "sensitivity",
    "shows-as": "show-time-as shows-as show-as",
    "rule": "rrule",
    "geo": "geo coordinates position",
    "note": "note comment",
}
"""Each column, and its headings as slugs."""


@cache
def _by_heading() -> dict[str, str]:
    return {heading: name for name, headings in COLUMNS.items() for heading in headings.split()}


def column_of(heading: str) -> str | None:
    """Give what a column of that heading holds; None where that is not known."""
    return _by_heading().get(proposed_id(heading))

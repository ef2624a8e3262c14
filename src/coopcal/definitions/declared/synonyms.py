"""Words for keys in the languages that coopcal speaks, and what else people write for them."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_WORDS = MappingProxyType(
    {
        "access": "zugang anfahrt accesso accès acces acceso acesso",
        "accessibility": "barrierefreiheit accessibilità accessibilité accesibilidad acessibilidade",
        "address": "adresse anschrift indirizzo dirección direccion endereço endereco morada",
        "also": "auch anche aussi también tambien também tambem",
        "breaks": "pausen ferien pause vacances pausas ferie chiusure congés conges",
        "city": "stadt città citta ville ciudad cidade town gemeinde comune",
        "closed": "geschlossen chiuso fermé ferme cerrado fechado",
        "closes": "schliesst schließt chiude ferme cierra fecha deadline anmeldeschluss scadenza",
        "colour": "color farbe colore couleur cor",
        "contact": "kontakt contatto contacto contato ansprechpartner",
        "contacts": "kontakte contatti contactos contatos",
        "count": "anzahl numero nombre número number times",
        "country": "land paese nazione pays país pais staat stato",
        "date": "datum data fecha tag giorno jour day",
        "defaults": "standard vorgaben predefiniti défauts defauts predeterminados padrões padroes",
        "description": "beschreibung descrizione descripción descripcion descrição descricao desc text testo texte texto "
        "summary details info",
        "documents": "dokumente unterlagen documenti documentos files dateien allegati pièces",
        "draft": "entwurf bozza brouillon borrador rascunho",
        "email": "mail e-mail e_mail courriel correo correio posta",
        "events": "veranstaltungen termine eventi événements evenements eventos event termini",
        "every": "jede jeden jedes alle ogni chaque cada",
        "except": "ausser außer ausgenommen eccetto tranne salvo sauf excepto exceto menos",
        "file": "datei fichier archivo arquivo ficheiro",
        "free": "frei liberi libres livres",
        "full": "ausgebucht voll completo complet lotado esgotado",
        "geo": "position posizione posición posição coordinates koordinaten",
        "hashtag": "hash_tag hashtags",
        "hosts": "gastgeber ospiti hôtes hotes anfitriones anfitriões host ausrichter",
        "hours": "öffnungszeiten oeffnungszeiten stunden orari orario horaires horario horarios horários opening_hours",
        "id": "kennung name_id identifier identifiant identificador",
        "image": "bild immagine imagen imagem picture photo foto",
        "label": "beschriftung etichetta libellé libelle etiqueta title name",
        "language": "sprache lingua langue idioma língua languages lang",
        "languages": "sprachen lingue langues idiomas línguas linguas language lang sprache lingua langue idioma",
        "links": "link verweise collegamenti liens enlaces ligações",
        "logo": "logos",
        "name": "nome nom nombre titel bezeichnung title",
        "note": "notiz bemerkung anmerkung nota remarque comment kommentar",
        "on": "am il le el em",
        "online": "virtual virtuell en_ligne en_línea en_linea zoom videocall stream",
        "opens": "öffnet oeffnet apre ouvre abre",
        "organisers": "organizers organiser organizer veranstalter organisatoren organizzatori organisateurs organizadores "
        "organizza organisateur organizador organizzatore",
        "participants": "teilnehmer teilnehmende partecipanti participantes",
        "partners": "partner partenaires partenaire socios parceiros",
        "phone": "telefon telefono teléfono téléphone telephone telefone tel",
        "places": "orte luoghi lieux lugares locais plätze posti",
        "price": "preis prezzo prix precio preço preco cost eintritt",
        "reason": "grund motivo raison motif razón razon",
        "registration": "anmeldung iscrizione inscription inscripción inscripcion inscrição inscricao register signup sign_up",
        "reminders": "reminder erinnerungen erinnerung promemoria rappels rappel recordatorios recordatorio lembretes lembrete",
        "repeats": "wiederholung wiederholt ripete ripetizione répète repete répétition repeticion repetición se_repite recurs "
        "repeat recurrence rrule",
        "roles": "rollen ruoli rôles papéis",
        "select": "auswahl selezione sélection selección seleção",
        "second_call": "zweite_einberufung zweite_einladung zweiter_termin seconda_convocazione seconda_chiamata "
        "deuxième_convocation deuxieme_convocation seconde_convocation segunda_convocatoria segunda_convocação "
        "segunda_convocacao segunda_convocatória",
        "sessions": "sitzungen sessioni séances seances sesiones sessões sessoes programm programme agenda programma",
        "show": "zeigen mostra montrer mostrar anzeigen",
        "status": "stand stato statut estado state zustand absage abgesagt entfällt entfaellt annullato "
        "annullata annullamento cancellato cancellata annulé annulée annulation cancelado cancelada cancelación anulado "
        "anulada cancelamento verschoben rinviato rinviata reporté aplazado adiado postponed canceled",
        "tags": "schlagwörter schlagworte stichwörter etichette étiquettes etiquetas tag category categories kategorie "
        "kategorien categoria categorie catégories categorías",
        "timezone": "zeitzone fuso fuso_orario fuseau fuseau_horaire zona_horaria fuso_horário tz time_zone zone",
        "title": "titel titolo titre título titulo name überschrift",
        "until": "bis fino jusqu_au hasta até ate end_date ende",
        "url": "webseite website web sito site página pagina adresse_web link href homepage",
        "visibility": "sichtbarkeit visibilità visibilité visibilidad visibilidade für fuer per pour para for public private nur_für nur_fuer solo_per "
        "riservato_a réservé_à reservado_a reservado_para öffentlich pubblico público intern interno interna interne internal "
        "privat privato privata privé privado privada",
        "when": "wann datum date quando quand cuándo cuando data fecha termin zeit time start dates",
        "where": "wo ort dove luogo où ou lieu dónde donde lugar onde local location venue place sede",
        "with_parts": "mit_teilen",
    }
)


@lru_cache(maxsize=64)
def synonyms(names: tuple[str, ...]) -> Mapping[str, str]:
    """Return the keys of those names by the words that are written for them; what may be two is the first one's."""
    keys: dict[str, str] = {}
    for name in names:
        for word in _WORDS.get(name, "").split():
            keys.setdefault(word, name)
    return MappingProxyType({word: name for word, name in keys.items() if word not in names})

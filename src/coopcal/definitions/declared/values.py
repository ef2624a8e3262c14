"""Words that are written for a value in the languages that coopcal speaks, where the value itself is an English word."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_MEANT = MappingProxyType(
    {
        "confirmed": "ok sicher fix fest bestätigt bestaetigt findet_statt confermato confermata confirmé confirmée "
        "confirmado confirmada",
        "tentative": "planned geplant vorläufig vorlaeufig provisorisch unbestätigt unverbindlich provvisorio provvisoria "
        "previsto prevista da_confermare provisoire prévu prévue à_confirmer provisional por_confirmar provisório "
        "provisória a_confirmar",
        "postponed": "aufgeschoben vertagt rinviato rinviata rimandato rimandata posticipato posticipata reporté reportée "
        "aplazado aplazada pospuesto pospuesta adiado adiada",
        "cancelled": "canceled off absage abgesagt entfällt entfaellt entfallen fällt_aus ausgefallen storniert annulliert "
        "annullato annullata annullamento cancellato cancellata soppresso soppressa annulé annulée annulation supprimé "
        "cancelado cancelada cancelación anulado anulada cancelamento suprimido",
        "free": "frei verfügbar libero libera disponibile libre disponible livre disponível",
        "busy": "besetzt belegt beschäftigt gebucht occupato occupata impegnato occupé occupée ocupado ocupada",
        "nothing": "nichts niente nulla rien nada",
        "odd": "uneven ungerade ungeraden dispari impaire impaires impar impares ímpar ímpares",
        "even": "gerade geraden pari paire paires par pares",
        "organiser": "organizer veranstalter veranstalterin organizzatore organizzatrice organisateur organisatrice "
        "organizador organizadora",
        "host": "gastgeber gastgeberin ospitante hôte anfitrión anfitriã anfitrião",
        "partner": "partnerin partenaire socio parceiro parceira",
        "participant": "participants teilnehmer teilnehmerin teilnehmende partecipante partecipanti participante "
        "participantes",
        "off": "no false none aus ausgeschaltet spento disattivato désactivé desactivado desativado desligado",
        "note": "hinweis nota remarque",
        "warning": "warnung avviso avvertimento avertissement advertencia aviso",
        "error": "fehler errore erreur erro",
        "members": "member mitglied mitglieder nur_mitglieder soci solo_soci membri membres adhérents miembros socios membros "
        "sócios",
        "board": "vorstand consiglio direttivo cda conseil consejo junta conselho direção",
        "public": "öffentlich oeffentlich alle pubblico pubblica tutti publique tous público pública todos everyone all",
        "everyone": "alle öffentlich tutti pubblico tous publique todos público public all",
    }
)
_LIKELY = MappingProxyType(
    {"postponed": "verschoben verlegt spostato spostata déplacé déplacée trasladado deslocado moved"}
)
"""What may mean that a new date is known, too."""

_WEEKS = frozenset(
    ["week", "weeks", "woche", "wochen", "settimana", "settimane", "semaine", "semaines", "semana", "semanas"]
)

_YES = frozenset(
    [
        "true",
        "yes",
        "on",
        "ja",
        "oui",
        "sí",
        "sì",
        "si",
        "sim",
        "y",
        "wahr",
        "vero",
        "vrai",
        "verdadero",
        "verdadeiro",
    ]
)
_NO = frozenset(["false", "no", "off", "nein", "non", "não", "nao", "n", "falsch", "falso", "faux"])
CLOSED = frozenset(
    [
        "intern",
        "interna",
        "interne",
        "interno",
        "internal",
        "privat",
        "privata",
        "privato",
        "private",
        "privado",
        "privada",
        "privé",
        "privée",
    ]
)
"""Words that say that an event is not public, and not for whom it is."""


def means(written: str, words: Iterable[str]) -> str | None:
    """Return the one of a few English words that is meant by one of another language, or None."""
    return _word_meant(written, words, _MEANT) or _word_meant(written, words, _LIKELY)


def is_certain(written: str, words: Iterable[str]) -> bool:
    """Return whether what is written can mean only one of these words."""
    return _word_meant(written, words, _MEANT) is not None


def yes_or_no(written: str) -> bool | None:
    """Return what is meant by yes or no in any of the languages; None for anything else."""
    word = written.strip().lower()
    return True if word in _YES else False if word in _NO else None


def _word_meant(written: str, words: Iterable[str], table: Mapping[str, str]) -> str | None:
    parts = written.strip().lower().rstrip("!.").replace("_", " ").split()
    word = "_".join(part for part in parts if part not in _WEEKS)
    meant = [one for one in words if word in table.get(one, "").split()]
    return meant[0] if len(meant) == 1 else None

"""Words that answers begin and end with, and those for yes, no and none, in all languages that coopcal speaks."""

import re
import unicodedata

import click

from coopcal.authoring.report import MEND
from coopcal.cli.language import spoken
from coopcal.model.message import msg
from coopcal.text.catalogues import LANGUAGES
from coopcal.text.messages import say

YES = frozenset(
    [
        "y",
        "yes",
        "yep",
        "yeah",
        "ok",
        "okay",
        "o",
        "oui",
        "j",
        "ja",
        "jo",
        "s",
        "si",
        "sí",
        "sì",
        "sim",
        "certo",
        "klar",
        "claro",
        "true",
    ]
)
NO = frozenset(["n", "no", "non", "nein", "ne", "nee", "não", "nao", "nope", "false"])
NONE = NO | frozenset(["-", "–", "—", "none", "nothing", "keine", "keiner", "keines", "aucun", "aucune", "rien", "ninguno", "ninguna", "nada", "nessuno", "nessuna", "niente", "nenhum", "nenhuma"])  # fmt: skip
"""Words by which people say that there is no such thing."""

HELP = frozenset(["?", "??", "h?", "help", "hilfe", "aide", "ayuda", "aiuto", "ajuda"])

_QUOTES = [(pair[0], pair[1]) for pair in ("“”", "„“", "„”", "‘’", "‚‘", "«»", "»«", "‹›", '""', "''", "``")]


def folded(answer: str) -> str:
    """Return an answer as it is compared: composed, in lower case, without marks at its end."""
    return unicodedata.normalize("NFC", answer).strip().strip(".!,; ").casefold()


def yes_or_no(answer: str) -> bool | None:
    """Read an answer to a question of yes or no; None where it is neither."""
    word = folded(answer)
    return True if word in YES else False if word in NO else None


def agreed(question: str) -> bool:
    """Ask at a terminal whether something is wanted, until it is answered; Enter says no."""
    while True:
        answer = click.prompt(
            spoken(msg("{question} [y/N]", question=question)),
            default="",
            show_default=False,
            prompt_suffix=": ",
        )
        decision = False if not answer.strip() else yes_or_no(answer)
        if decision is not None:
            return decision


def as_printed(line: str, key: str) -> str | None:
    """Return what an answer says that repeats a printed line (``when: …``, ``mend: …``); None where it does not."""
    mends = "|".join(re.escape(say(MEND, language)) for language in LANGUAGES)
    match = re.fullmatch(rf"((?:{mends})\s*)?({re.escape(key)}:\s+)?(.*)", line.strip(), re.IGNORECASE)
    if match is None or not (match[1] or match[2]):
        return None
    return unquoted(match[3])


def unquoted(text: str) -> str:
    """Return an answer without blanks and quotes around it."""
    text = text.strip()
    for first, last in _QUOTES:
        if len(text) > 1 and text[0] == first and text[-1] == last:
            return text[1:-1].strip()
    return text

"""Sentences to staff in their languages; English, which they are written in, needs nothing else."""

from coopcal.model.message import Message
from coopcal.text.late import late


def say(text: str, language: str) -> str:
    """Return a sentence in a language; a text that is no Message, as a line to write, stays as it is."""
    if not isinstance(text, Message) or language == "en":
        return text
    translated: str = late("text.translated", "translated")(text, language)
    return translated

"""Texts that lack a language of their organisation."""

from collections.abc import Iterator

from babel import Locale

from coopcal.checks.rule import Rule
from coopcal.checks.texts import Written, as_written, overriding
from coopcal.checks.view import View
from coopcal.model.event import Event
from coopcal.model.happening import Details, Session
from coopcal.model.message import Name, listed, msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Problems, Severity
from coopcal.model.text import Text

MISSING_TRANSLATION = Code(
    "missing-translation",
    "What is written in several languages lacks one of its organisation's. A note: a text in one language alone is meant so.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """What is written in several languages is written in all those of its organisation; told once an event.

    A text in one language alone is meant so; where something of an organisation is wrong, its languages may be. A named place or contact is told of at the first event that it stands in.
    """
    for one in (known for known in view.batch if known.complete):
        texts: set[Text] = set()
        for event in one.events:
            lacking: dict[str, list[str]] = {}
            for written in _written(event):
                for key, text in _texts(written.details):
                    missing = _missing(text, one) if len(text.by_language) > 1 else ""
                    if missing and text not in texts:
                        texts.add(text)
                        named = f"{written.of.path[-1]}: {key}" if isinstance(written.of, Session) else key
                        lacking.setdefault(missing, []).append(named)
            for languages, keys in lacking.items():
                message = msg(
                    "“{event}” is not written in {languages}: {names}",
                    event=event.path[-1],
                    languages=languages,
                    names=", ".join(dict.fromkeys(keys)),
                )
                mend = msg("add it; or write “languages” of the organisation without that one")
                problems.tell(event.details.position, MISSING_TRANSLATION, message, mend)


def _written(event: Event) -> Iterator[Written]:
    """Return what is written of an event, its overrides last."""
    yield from map(as_written, (event, *event.dates, *event.details.sessions))
    for happening in (event, *event.dates):
        yield from overriding(happening)


def _missing(text: Text, one: Organisation) -> str:
    """Return the organisation's languages that a text of several lacks; ``pt`` stands for ``pt-BR``, and so on."""
    written = {language.split("-")[0] for language in text.languages}
    lacking = (language for language in one.languages if language.split("-")[0] not in written)
    return listed([_called(language) for language in lacking])


def _called(language: str) -> str:
    """Return a language's English name with its code."""
    name = Locale.parse(language, sep="-").get_display_name("en")
    return (
        msg("{name} ({language})", name=Name(name, "language", language), language=language)
        if name
        else language
    )


def _texts(details: Details) -> Iterator[tuple[str, Text]]:
    """Return the texts of an event with the keys that they stand under."""
    yield "title", details.title
    if details.description:
        yield "description", details.description
    if details.reason:
        yield "reason", details.reason
    if details.contact and details.contact.name:
        yield "contact", details.contact.name
    for price in details.registration.prices if details.registration else ():
        yield from (("price", text) for text in (price.applies, price.said) if text)
    if details.practical:
        yield from details.practical.told
    if details.image and details.image.alt:
        yield "alt", details.image.alt
    places = (
        (location.name, location.address, location.city, location.access) for location in details.locations
    )
    yield from (("where", text) for texts in places for text in texts if text)
    yield from (("links", link.label) for link in details.links)
    documents = ((document.label, document.url, document.file) for document in details.documents)
    yield from (("documents", text) for texts in documents for text in texts if text)


RULE = Rule((MISSING_TRANSLATION,), check)

"""Texts that are too long for calendars, or lack a language, and images without words."""

from collections.abc import Iterator

from babel import Locale

from coopcal.checks.view import View
from coopcal.model.event import Event, Image
from coopcal.model.message import Name, Number, listed, msg
from coopcal.model.organisation import Organisation
from coopcal.model.problem import Code, Place, Problems, Severity
from coopcal.model.text import Text

IMAGE_WITHOUT_ALT = Code(
    "image-without-alt",
    "An image says in words what it shows, for people who cannot see it.",
    Severity.NOTE,
    switchable=True,
)
LONG_DESCRIPTION = Code(
    "long-description",
    "A description has more than 5,000 characters. Google reads a feed up to 1 MB, so with many like that feeds lose their oldest events.",
    Severity.NOTE,
    switchable=True,
)
LONG_TITLE = Code(
    "long-title", "Phones cut titles of more than some 80 characters.", Severity.NOTE, switchable=True
)
MISSING_TRANSLATION = Code(
    "missing-translation",
    "What is written in several languages lacks one of its organisation's. A note: a text in one language alone is meant so.",
    Severity.NOTE,
    switchable=True,
)

CHARACTERS_OF_TITLE = 80
"""Characters of a title that lists of events show on one or two lines; more is cut on a phone."""

CHARACTERS_OF_DESCRIPTION = 5000
"""Characters of a description. Google reads a feed up to 1 MB (clients.md 4.18): some 200 events of that length."""


def long_texts(view: View, problems: Problems) -> None:
    """Titles are read on phones, and descriptions fill feeds."""
    for event in view.written:
        for number, (_, title) in enumerate(event.title.by_language):
            if len(title) > CHARACTERS_OF_TITLE:
                message = msg(
                    "The title has {count} characters; phones show some {most} at most",
                    count=len(title),
                    most=CHARACTERS_OF_TITLE,
                )
                mend = msg("say the rest in the description")
                problems.tell(_place(event.title, number, event), LONG_TITLE, message, mend)
        description = event.description
        for number, (_, text) in enumerate(description.by_language if description else ()):
            if description and len(text) > CHARACTERS_OF_DESCRIPTION:
                message = msg(
                    "The description has {count} characters; with many like that, feeds lose their oldest events",
                    count=Number(len(text)),
                )
                mend = msg(
                    "keep to {most}, and put the rest on a page or into a document",
                    most=Number(CHARACTERS_OF_DESCRIPTION),
                )
                problems.tell(_place(description, number, event), LONG_DESCRIPTION, message, mend)


def _place(text: Text, number: int, event: Event) -> Place:
    return text.places[number] if number < len(text.places) else event.place


def images_without_words(view: View, problems: Problems) -> None:
    """An image says in words what it shows, for people who cannot see it."""
    logos = ((one.logo, one.place) for one in view.catalogue.organisations)
    images = ((event.image, event.place) for event in view.written)
    for image, place in (*logos, *images):
        if image is not None and image.alt is None:
            message = msg("People who cannot see the image are not told what it shows")
            problems.tell(image.place or place, IMAGE_WITHOUT_ALT, message, _with_words(image))


def _with_words(image: Image) -> str:
    where = f"file: {image.file.rsplit('/', 1)[-1]}" if image.file else f"url: {image.url}"
    return msg('{{{where}, alt: "what it shows"}}', where=where)


def missing_translations(view: View, problems: Problems) -> None:
    """What is written in several languages is written in all those of its organisation; told once an event.

    A text in one language alone is meant so; where something of an organisation is wrong, its languages may be. A named place or contact is told of at the first event that it stands in.
    """
    for one in (each for each in view.catalogue.organisations if each.complete):
        told: set[Text] = set()
        for event in one.events:
            lacking: dict[str, list[str]] = {}
            for each in (event, *event.dates, *event.sessions, *_changed(event)):
                for key, text in _texts(each):
                    missing = _missing(text, one) if len(text.by_language) > 1 else ""
                    if missing and text not in told:
                        told.add(text)
                        named = f"{each.path[-1]}: {key}" if len(each.path) > 1 else key
                        lacking.setdefault(missing, []).append(named)
            for languages, keys in lacking.items():
                message = msg(
                    "“{event}” is not written in {languages}: {names}",
                    event=event.path[-1],
                    languages=languages,
                    names=", ".join(dict.fromkeys(keys)),
                )
                mend = msg("add it; or write “languages” of the organisation without that one")
                problems.tell(event.place, MISSING_TRANSLATION, message, mend)


def _changed(event: Event) -> Iterator[Event]:
    for each in (event, *event.dates):
        yield from (change.event for change in (each.recurrence.changes if each.recurrence else ()))


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


def _texts(event: Event) -> Iterator[tuple[str, Text]]:
    """Return the texts of an event with the keys that they stand under."""
    yield "title", event.title
    if event.description:
        yield "description", event.description
    if event.reason:
        yield "reason", event.reason
    if event.contact and event.contact.name:
        yield "contact", event.contact.name
    for price in event.registration.prices if event.registration else ():
        yield from (("price", text) for text in (price.applies, price.said) if text)
    if event.practical:
        yield from event.practical.told
    if event.image and event.image.alt:
        yield "alt", event.image.alt
    places = ((each.name, each.address, each.city, each.access) for each in event.locations)
    yield from (("where", text) for texts in places for text in texts if text)
    yield from (("links", link.label) for link in event.links)
    documents = ((each.label, each.url, each.file) for each in event.documents)
    yield from (("documents", text) for texts in documents for text in texts if text)

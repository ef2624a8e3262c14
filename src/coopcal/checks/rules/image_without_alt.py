"""Images that do not say what they show."""

from collections.abc import Iterable, Mapping

from coopcal.checks.overview import Overview
from coopcal.checks.rule import WideRule
from coopcal.checks.view import View
from coopcal.model.media import Image
from coopcal.model.message import msg
from coopcal.model.problem import Code, Position, Problems, Severity

IMAGE_WITHOUT_ALT = Code(
    "image-without-alt",
    "An image says in words what it shows, for people who cannot see it.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """An image says in words what it shows, for people who cannot see it."""
    own = ((image, one.position) for one in view.batch for _, image in one.pictures)
    images = ((event.details.image, event.details.position) for event in view.written)
    _tell(((image, place) for image, place in (*own, *images) if image), problems)


def conclude(_gathered: Mapping[str, None], overview: Overview, problems: Problems) -> None:
    """The pictures of the site say in words what they show, too."""
    settings = overview.catalogue.settings
    _tell(((image, settings.position) for _, image in settings.pictures), problems)


def _tell(images: Iterable[tuple[Image, Position]], problems: Problems) -> None:
    for image, place in images:
        if image.alt is None:
            message = msg("People who cannot see the image are not told what it shows")
            problems.tell(image.position or place, IMAGE_WITHOUT_ALT, message, _with_words(image))


def _with_words(image: Image) -> str:
    where = f"file: {image.file.rsplit('/', 1)[-1]}" if image.file else f"url: {image.url}"
    return msg('{{{where}, alt: "what it shows"}}', where=where)


RULE = WideRule((IMAGE_WITHOUT_ALT,), conclude, check=check)

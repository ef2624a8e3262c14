"""Images that do not say what they show."""

from coopcal.checks.rule import Rule
from coopcal.checks.view import View
from coopcal.model.media import Image
from coopcal.model.message import msg
from coopcal.model.problem import Code, Problems, Severity

IMAGE_WITHOUT_ALT = Code(
    "image-without-alt",
    "An image says in words what it shows, for people who cannot see it.",
    Severity.NOTE,
    switchable=True,
)


def check(view: View, problems: Problems) -> None:
    """An image says in words what it shows, for people who cannot see it."""
    logos = ((one.logo, one.position) for one in view.batch)
    images = ((event.details.image, event.details.position) for event in view.written)
    for image, place in (*logos, *images):
        if image is not None and image.alt is None:
            message = msg("People who cannot see the image are not told what it shows")
            problems.tell(image.position or place, IMAGE_WITHOUT_ALT, message, _with_words(image))


def _with_words(image: Image) -> str:
    where = f"file: {image.file.rsplit('/', 1)[-1]}" if image.file else f"url: {image.url}"
    return msg('{{{where}, alt: "what it shows"}}', where=where)


RULE = Rule((IMAGE_WITHOUT_ALT,), check)

"""Organisations and the site itself, as pages show them: with their pictures and colours."""

from collections.abc import Iterator

from coopcal.compile.legible import shades, usual_colour
from coopcal.compile.records import said
from coopcal.model.media import Image
from coopcal.model.organisation import Organisation
from coopcal.model.site import Catalogue, SiteSettings
from coopcal.site.details import ImageRecord
from coopcal.site.manifest import Face
from coopcal.site.record import OrganisationRecord

SITE = "/site/"
"""Below which the pictures of the site itself are published."""


def organisation_record(organisation: Organisation) -> OrganisationRecord:
    """Return the record of an organisation."""
    return OrganisationRecord(
        id=organisation.id,
        name=said(organisation.name),
        full_name=said(organisation.full_name),
        url=organisation.url,
        part_of=tuple(parent.id for parent in organisation.part_of),
        email=organisation.email,
        phone=organisation.phone,
        street=said(organisation.address),
        country=organisation.country,
        colour=organisation.colour,
        shades=shades(organisation.colour or usual_colour(organisation.id)),
        logo=_own_image(organisation.logo, "logo", f"/organisations/{organisation.id}/"),
        image=_own_image(organisation.image, "image", f"/organisations/{organisation.id}/"),
        description=said(organisation.description),
        closed=organisation.closed.on if organisation.closed else None,
        former=tuple(reference.id for reference in organisation.formerly),
    )


def face_of(settings: SiteSettings) -> Face:
    """Return how the site shows itself."""
    return Face(
        description=said(settings.description),
        logo=_own_image(settings.logo, "logo", SITE),
        shades=shades(settings.colour) if settings.colour else None,
        image=_own_image(settings.image, "image", SITE),
    )


def pictures_of(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, str]]]:
    """Return the published addresses of the pictures of organisations and of the site, and whose they are ("": the site's)."""
    wholes = [("", SITE, catalogue.settings.pictures)]
    wholes += [(one.id, f"/organisations/{one.id}/", one.pictures) for one in catalogue.organisations]
    for owner, page, pictures in wholes:
        for key, image in pictures:
            if image.file:
                yield _own_address(image.file, key, page), (owner, image.file)


def _own_image(image: Image | None, key: str, page: str) -> ImageRecord | None:
    """Return a picture of an organisation or of the site; one that is published stands at an address named for its key."""
    if image is None:
        return None
    address = image.url or _own_address(image.file or "", key, page)
    return ImageRecord(address, said(image.alt), image.width, image.height)


def _own_address(file: str, key: str, page: str) -> str:
    return f"{page}{key}.{file.rsplit('.', 1)[-1].lower()}"

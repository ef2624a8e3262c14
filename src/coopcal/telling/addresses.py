"""Addresses of receivers that the operator keeps, as whoever knows one can write there: by the names that sources have for them."""

from collections.abc import Mapping
from dataclasses import replace

from coopcal.definitions.readers.url import has_credentials, is_address
from coopcal.model.ids import is_id
from coopcal.model.message import Message, msg
from coopcal.model.site import SiteSettings


def addresses_of(written: str) -> Mapping[str, str] | Message:
    """Read what the operator sets, ``board=https://… news=https://…``; why it is wrong, without a word of an address."""
    addresses: dict[str, str] = {}
    for number, part in enumerate(written.split(), 1):
        name, _, address = part.partition("=")
        if not is_id(name) or not is_address(address) or has_credentials(address):
            return msg("the word {number} is none like board=https://chat.example.org/…", number=number)
        if addresses.setdefault(name, address) != address:
            return msg("it gives “{name}” two addresses", name=name)
    return addresses


def with_addresses(settings: SiteSettings, addresses: Mapping[str, str]) -> SiteSettings:
    """Return settings in which each receiver has the address that the operator keeps for it, where there is one."""
    return replace(
        settings,
        notify=tuple(
            replace(one, url=addresses.get(one.name, "")) if one.name else one for one in settings.notify
        ),
    )

"""Slips in names: of zones, countries and what an organisation has."""

from tests.support.slips.slip import Maker, replaced

COUNTRIES = {"IE": "Ireland", "BE": "Belgium", "FR": "France", "IT": "Italy"}


def misspelt_zone(zone: str) -> str:
    return zone[:-2] + zone[-1]


def misspelt(word: str) -> str:
    return word[:-2] + word[-1] + word[-2]


def zone_said(typed: str, meant: str) -> Maker:
    return replaced(r"(?<=  )timezone: (Europe/Rome)$", lambda _: (f"timezone: {typed}", meant))

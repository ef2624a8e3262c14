"""The types that stand in the files of a site, and how they are written."""

from coopcal.model.problem import Position
from coopcal.site.codec import Codec, Row, objects
from coopcal.site.component import Component, Parts
from coopcal.site.index import Body, FeedEntry, Index
from coopcal.site.manifest import Held, Manifest
from coopcal.site.record import (
    ContactRecord,
    EventRecord,
    ImageRecord,
    LinkRecord,
    OrganisationRecord,
    PartyRecord,
    PlaceRecord,
    PracticalRecord,
    PriceRecord,
    RegistrationRecord,
    TimeRecord,
)
from coopcal.site.when import WHEN

RECORDS = WHEN | objects(
    ContactRecord,
    EventRecord,
    ImageRecord,
    LinkRecord,
    OrganisationRecord,
    PartyRecord,
    PlaceRecord,
    PracticalRecord,
    PriceRecord,
    RegistrationRecord,
    TimeRecord,
)
"""What ``records.pack`` holds, an event a line; the index has the organisations."""

INDEX = {**objects(Index, FeedEntry, Parts), Body: Row(), Component: Row()}
"""What ``index.json`` holds."""

MANIFEST = objects(Manifest, Held, Position)
"""What ``manifest.json`` holds."""

STORED = Codec({**RECORDS, **INDEX, **MANIFEST})
"""Writes and reads what a site holds."""

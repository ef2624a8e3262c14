"""The types that stand in the files of a site, and how they are written."""

from coopcal.model.problem import Position
from coopcal.model.recurrence import Pause, Rhythm, Rule, Turn, Weekday
from coopcal.site.codec import Codec, Layout, Row, Tagged, objects
from coopcal.site.details import (
    ContactRecord,
    DetailsRecord,
    ImageRecord,
    LinkRecord,
    OnlineRecord,
    PartyRecord,
    PlaceRecord,
    PracticalRecord,
    PriceRecord,
    RegistrationRecord,
    Shade,
    Shades,
    TimeRecord,
)
from coopcal.site.index import Body, FeedEntry, Index
from coopcal.site.layout import ShardList
from coopcal.site.manifest import Face, Held, Manifest
from coopcal.site.record import (
    EventRecord,
    FurtherDateRecord,
    OrganisationRecord,
    OverrideRecord,
    Record,
    SeriesRecord,
    SessionRecord,
    StretchRecord,
)
from coopcal.site.when import WHEN

_ROLES = {
    "event": EventRecord,
    "session": SessionRecord,
    "series": SeriesRecord,
    "stretch": StretchRecord,
    "further-date": FurtherDateRecord,
    "override": OverrideRecord,
}

RECORDS: dict[object, Layout] = {
    **WHEN,
    Record: Tagged("role", _ROLES),
    **objects(
        *_ROLES.values(),
        ContactRecord,
        DetailsRecord,
        ImageRecord,
        LinkRecord,
        OnlineRecord,
        OrganisationRecord,
        PartyRecord,
        PlaceRecord,
        PracticalRecord,
        PriceRecord,
        RegistrationRecord,
        Shade,
        Shades,
        TimeRecord,
        Pause,
        Rhythm,
        Turn,
    ),
    Rule: Row(),
    Weekday: Row(),
}
"""What records are made of, with their roles; the index has the organisations."""

INDEX = {**objects(Index, FeedEntry, ShardList), Body: Row()}
"""What the index, the list of shards and the feeds of each are made of."""

MANIFEST = objects(Manifest, Face, Held, Position)
"""What ``manifest.json`` holds."""

STORED = Codec({**RECORDS, **INDEX, **MANIFEST})
"""Writes and reads what a site holds."""

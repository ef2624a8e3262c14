"""The keys of an event that a record of an occurrence says, and no property of a VEVENT."""

from collections.abc import Mapping, Sequence
from typing import Any

from coopcal.authoring.importing.destination import Home
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.record_values import Record, items, text, texts
from coopcal.authoring.text import Value
from coopcal.model.message import msg


def event_keys(number: int, record: Record, home: Home, losses: Losses) -> dict[str, Value]:
    """Return what no property of a VEVENT says; what is said in words alone is told as lost."""
    keys: dict[str, Value] = {}
    places = [
        place
        for place_record in items(record, "places")
        if isinstance(place_record, Mapping) and (place := _place(place_record))
    ]
    keys["where"] = places[0] if len(places) == 1 else places or text(record, "where")
    keys["online"] = text(record, "online")
    keys |= _parties([party for party in items(record, "organisations") if isinstance(party, Mapping)], home)
    for name in ("links", "documents"):
        keys[name] = [
            texts(link, "label", "url", "rel") for link in items(record, name) if isinstance(link, Mapping)
        ]
    keys["registration"] = _registration(record.get("registration"))
    keys["practical"] = texts(
        record.get("practical"), "arrival", "bring", "food", "childcare", "accessibility"
    )
    keys["languages"] = [language for language in items(record, "languages") if isinstance(language, str)]
    keys["contact"] = texts(record.get("contact"), "name", "email", "phone")
    keys["image"] = texts(record.get("image"), "url", "alt")
    keys["also_in"] = [
        written
        for clock in items(record, "also_in")
        if isinstance(clock, Mapping) and (written := text(clock, "timezone"))
    ]
    keys |= {name: text(record, name) for name in ("hashtag", "reason", "series")}
    for name in ("hours", "second_call"):
        if record.get(name):
            written = record[name] if isinstance(record[name], str) else text(record[name], "words")
            losses.tell(number, LossCode.NO_KEY, written, msg("it is said in words alone, and was left out"))
    return {name: value for name, value in keys.items() if value}


def _parties(parties: Sequence[Record], home: Home) -> dict[str, Value]:
    by_role: dict[str, list[Value]] = {}
    for party in parties:
        who: Value = home.known(party) or texts(party, "name", "url")
        if who and text(party, "role") in ("organiser", "host", "partner", "participant"):
            by_role.setdefault(f"{party['role']}s", []).append(who)
    here = home.organisation.id
    if by_role.get("organisers") == [here]:
        del by_role["organisers"]
    elif by_role and not any(here in named for named in by_role.values()):
        by_role.setdefault("partners", []).append(here)  # it is in its feed, so it has a part
    return dict(by_role)


def _place(record: Record) -> dict[str, Value]:
    place = texts(record, "name", "address", "city", "country", "access", "url")
    lat, lon = record.get("lat"), record.get("lon")
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        place["geo"] = {"lat": f"{lat}", "lon": f"{lon}"}
    return place


def _registration(record: Any) -> dict[str, Value]:
    if not isinstance(record, Mapping):
        return {}
    keys = texts(record, "url")
    for name in ("opens", "closes"):
        if written := text(record, name):
            keys[name] = written[:16].replace("T", " ")
    keys |= {name: f"{record[name]}" for name in ("places", "free") if isinstance(record.get(name), int)}
    keys |= {name: "true" for name in ("full", "waiting_list") if record.get(name) is True}
    prices = [price for price in items(record, "prices") if isinstance(price, Mapping)]
    listed: list[Value] = [
        {"for": text(price, "applies"), "price": text(price, "price")}
        for price in prices
        if text(price, "applies")
    ]
    alone = [text(price, "price") for price in prices if not text(price, "applies")]
    if listed or alone:
        keys["price"] = listed or alone[0]
    return keys

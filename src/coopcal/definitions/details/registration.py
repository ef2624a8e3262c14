"""How to register."""

from coopcal.definitions.codes.events import MORE_FREE_THAN_PLACES
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.reader import reader
from coopcal.definitions.declared.record import Written, read_record
from coopcal.definitions.details.price import prices
from coopcal.definitions.readers.dates import moment
from coopcal.definitions.readers.number import whole_number
from coopcal.definitions.readers.url import url_or_mailto
from coopcal.definitions.readers.yes_or_no import yes_or_no
from coopcal.definitions.source.node import Node
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.model.registration import Registration

REGISTRATION = Record(
    "A registration",
    (
        Key("url", url_or_mailto, "where to register", "https://example.org/register"),
        Key("opens", moment, "when it opens", "2026-01-15"),
        Key("closes", moment, "when it closes", "2026-03-01 12:00"),
        Key("places", whole_number, "how many people fit in", "40"),
        Key("free", whole_number, "how many places are left; 0 is as “full: true”", "2"),
        Key("full", yes_or_no, "whether it is fully booked", "true"),
        Key("waiting_list", yes_or_no, "whether there is a waiting list once it is full", "true"),
        Key("price", prices, "what it costs, in words; or a list of prices", "10 euros; members free", fills="prices"),
    ),
    {
        "link": "url", "deadline": "closes", "until": "closes", "from": "opens", "left": "free", "available": "free",
        "seats": "places", "capacity": "places", "cost": "price", "prices": "price", "waitlist": "waiting_list",
        "waiting": "waiting_list",
    },
)  # fmt: skip


@reader(json_schema.ref("registration"))
def registration(node: Node, context: Context) -> Registration | None:
    """Read how to register; None where nothing is told."""
    written = read_record(node, REGISTRATION, context)
    if written is None or not written.nodes:
        return None
    places, free = written.get("places"), written.get("free")
    full = bool(written.get("full")) if "full" in written.nodes else free == 0
    if free and (full or (places is not None and free > places)):
        _more_free_than_there_are(written, places, free, context.problems)
    values = written.fields() | {"free": free or None, "full": full or free == 0}
    return Registration(
        **values, opens_position=written.position("opens"), closes_position=written.position("closes")
    )


def _more_free_than_there_are(written: Written, places: int | None, free: int, problems: Problems) -> None:
    if places is not None and free > places:
        message = msg("{free} places cannot be left of {places}", free=free, places=places)
        mend = msg("write under “free” how many are left, and under “places” how many there are")
    else:
        message = msg("It is fully booked, and {free} places are left: one of the two is wrong", free=free)
        mend = msg("take “full” out, or “free”")
    problems.tell(written.nodes["free"].position, MORE_FREE_THAN_PLACES, message, mend)

"""The smaller records of an event: links, documents, registration, practical matters, image."""

from collections.abc import Callable

from coopcal.definitions.codes.events import FILE_OR_URL, MORE_FREE_THAN_PLACES
from coopcal.definitions.context import Context
from coopcal.definitions.declared import fields as read
from coopcal.definitions.declared.record import Key, Record, fields
from coopcal.definitions.files import published_file
from coopcal.definitions.source.node import Mapping, Node, Scalar
from coopcal.definitions.when import WhenContext, parse_moment
from coopcal.model.event import Document, Image, Link, Practical, Price, Registration
from coopcal.model.message import msg
from coopcal.model.problem import Problems
from coopcal.model.text import Text

LINK = Record(
    "A link",
    (
        Key("label", "text", "what people read", "Press release", required=True),
        Key("url", "url or mailto", "where it leads", "https://example.org/news", required=True),
        Key("rel", "word", "what it is: registration, video, press-release, more …", "video"),
    ),
    {"title": "label", "name": "label", "text": "label", "href": "url", "link": "url", "type": "rel"},
)

DOCUMENT = Record(
    "A document",
    (
        Key("label", "text", "what people read", "Agenda", required=True),
        Key(
            "file", "file by language", "a file beside the YAML, or one for each language", "files/agenda.pdf"
        ),
        Key(
            "url",
            "url by language",
            "or its address elsewhere, or one for each language",
            "https://example.org/agenda.pdf",
        ),
    ),
    {"title": "label", "name": "label", "path": "file", "link": "url"},
)

REGISTRATION = Record(
    "A registration",
    (
        Key("url", "url or mailto", "where to register", "https://example.org/register"),
        Key("opens", "moment", "when it opens", "2026-01-15"),
        Key("closes", "moment", "when it closes", "2026-03-01 12:00"),
        Key("places", "number", "how many people fit in", "40"),
        Key("free", "number", "how many places are left; 0 is as “full: true”", "2"),
        Key("full", "yes or no", "whether it is fully booked", "true"),
        Key("waiting_list", "yes or no", "whether there is a waiting list once it is full", "true"),
        Key("price", "price", "what it costs, in words; or a list of prices", "10 euros; members free"),
    ),
    {
        "link": "url",
        "deadline": "closes",
        "until": "closes",
        "from": "opens",
        "left": "free",
        "available": "free",
        "seats": "places",
        "capacity": "places",
        "cost": "price",
        "prices": "price",
        "waitlist": "waiting_list",
        "waiting": "waiting_list",
    },
)

PRICE = Record(
    "A price",
    (
        Key("for", "text", "for whom or for what it is", "Members", required=True),
        Key("price", "text", "what it costs, in words", "10 euros", required=True),
    ),
    {"who": "for", "label": "for", "amount": "price", "cost": "price"},
)

PRACTICAL = Record(
    "Practical matters",
    (
        Key("arrival", "text", "when doors open, and how to arrive", "Doors open at 18:30."),
        Key("bring", "text", "what to bring", "An apron"),
        Key("food", "text", "what there is to eat and drink", "Soup at noon, without meat"),
        Key("childcare", "text", "who looks after children", "In the library, from three years on"),
        Key("accessibility", "text", "what helps people to take part", "Interpretation in sign language"),
    ),
    {
        "doors": "arrival", "check_in": "arrival", "to_bring": "bring", "equipment": "bring", "meals": "food", "catering": "food",
        "drinks": "food", "children": "childcare", "kids": "childcare", "access": "accessibility", "accessible": "accessibility",
    },
)  # fmt: skip

IMAGE = Record(
    "An image",
    (
        Key("file", "file", "a file beside the YAML", "files/market.jpg"),
        Key("url", "url", "or its address elsewhere", "https://example.org/market.jpg"),
        Key("alt", "text", "what it shows, for people who cannot see it", "A market stall with bread"),
    ),
    {"src": "url", "path": "file", "description": "alt", "text": "alt"},
)


def link(node: Node, context: Context) -> Link | None:
    """Read a labelled link."""
    problems = context.problems
    values = fields(node, LINK, problems)
    if values is None or "url" not in values or "label" not in values:
        return None
    label = read.text(values["label"], context.language, problems, longest=read.LONGEST_TITLE, one_line=True)
    url = read.url(values["url"], problems, schemes=("https", "http", "mailto"))
    rel = read.plain(values["rel"], problems, msg("a kind of link")) if "rel" in values else None
    return Link(label, url, rel, values["url"].place) if label and url else None


def document(node: Node, context: Context) -> Document | None:
    """Read a document: beside the YAML, or elsewhere."""
    problems = context.problems
    values = fields(node, DOCUMENT, problems)
    if values is None or "label" not in values:
        return None
    if ("file" in values) == ("url" in values):
        problems.tell(
            node.place, FILE_OR_URL, msg("A document has either a file or a url"), "file: files/agenda.pdf"
        )
        return None
    label = read.text(values["label"], context.language, problems, longest=read.LONGEST_TITLE, one_line=True)
    file = _by_language(values.get("file"), context, lambda each: published_file(each, context))
    url = _by_language(values.get("url"), context, lambda each: read.url(each, problems))
    return Document(label, url, file) if label and (file or url) else None


def _by_language(node: Node | None, context: Context, reader: Callable[[Node], str | None]) -> Text | None:
    """Read what is the same in all languages, or another in each; None where something of it is wrong."""
    if not isinstance(node, Mapping):
        found = reader(node) if node else None
        return Text.of(context.language, found, node.place) if found and node else None
    pairs = [
        (tag, found, value.place)
        for key, value in node.entries
        if (tag := read.language_tag(key, context.problems)) and (found := reader(value))
    ]
    if len(pairs) < len(node.entries):
        return None
    return Text(tuple((tag, found) for tag, found, _ in pairs), tuple(place for *_, place in pairs))


def image(node: Node, context: Context) -> Image | None:
    """Read an image: beside the YAML, or elsewhere."""
    problems = context.problems
    if isinstance(node, Scalar):
        is_address = "://" in node.text
        file = None if is_address else published_file(node, context)
        url = read.url(node, problems) if is_address else None
        return Image(None, url, file, node.place) if file or url else None
    values = fields(node, IMAGE, problems)
    if values is None:
        return None
    if ("file" in values) == ("url" in values):
        problems.tell(
            node.place, FILE_OR_URL, msg("An image has either a file or a url"), "file: files/market.jpg"
        )
        return None
    alt = read.text(values["alt"], context.language, problems, longest=1000) if "alt" in values else None
    file = published_file(values["file"], context) if "file" in values else None
    url = read.url(values["url"], problems) if "url" in values else None
    return Image(alt, url, file, node.place) if file or url else None


def registration(node: Node, context: Context, around: WhenContext) -> Registration | None:
    """Read how to register."""
    problems = context.problems
    values = fields(node, REGISTRATION, problems)
    if not values:
        return None
    moments = {}
    for name in ("opens", "closes"):
        found = read.scalar(values[name], problems, msg("a day or a moment")) if name in values else None
        moments[name] = parse_moment(found, around, problems) if found else None
    places, free = (
        read.whole_number(values[name], problems) if name in values else None for name in ("places", "free")
    )
    full = bool(read.boolean(values["full"], problems)) if "full" in values else free == 0
    if free and (full or (places is not None and free > places)):
        _more_free_than_there_are(values, places, free, problems)
    return Registration(
        url=read.url(values["url"], problems, schemes=("https", "http", "mailto"))
        if "url" in values
        else None,
        opens=moments["opens"],
        closes=moments["closes"],
        places=places,
        free=free or None,
        full=full or free == 0,
        waiting_list=bool(read.boolean(values["waiting_list"], problems))
        if "waiting_list" in values
        else False,
        prices=read.each(values["price"], lambda each: price(each, context)) if "price" in values else (),
        **{f"{name}_place": values[name].place for name in ("opens", "closes") if name in values},
    )


def _more_free_than_there_are(
    values: dict[str, Node], places: int | None, free: int, problems: Problems
) -> None:
    if places is not None and free > places:
        message = msg("{free} places cannot be left of {places}", free=free, places=places)
        mend = msg("write under “free” how many are left, and under “places” how many there are")
    else:
        message = msg("It is fully booked, and {free} places are left: one of the two is wrong", free=free)
        mend = msg("take “full” out, or “free”")
    problems.tell(values["free"].place, MORE_FREE_THAN_PLACES, message, mend)


def price(node: Node, context: Context) -> Price | None:
    """Read what it costs: a text, or one with what it is for."""
    if not isinstance(node, Mapping) or not any(node.key(name) for name in PRICE.names):
        said = read.text(node, context.language, context.problems, longest=1000)
        return Price(said) if said else None
    values = fields(node, PRICE, context.problems)
    if values is None or len(values) < len(PRICE.keys):
        return None
    applies, said = (
        read.text(values[name], context.language, context.problems, longest=1000, one_line=True)
        for name in PRICE.names
    )
    return Price(said, applies) if said and applies else None


def practical(node: Node, context: Context) -> Practical | None:
    """Read what those who come want to know."""
    values = fields(node, PRACTICAL, context.problems)
    if not values:
        return None
    said = {name: read.text(value, context.language, context.problems) for name, value in values.items()}
    return Practical(**said)

"""The smaller records of an event: links, documents, registration, image."""

from coopcal.decode import fields as read
from coopcal.decode.context import Context
from coopcal.decode.files import published_file
from coopcal.decode.record import Key, Record, fields
from coopcal.decode.when import WhenContext, parse_moment
from coopcal.model.event import Document, Image, Link, Registration
from coopcal.source.node import Node, Scalar

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
        Key("file", "file", "a file beside the YAML", "files/agenda.pdf"),
        Key("url", "url", "or its address elsewhere", "https://example.org/agenda.pdf"),
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
        Key("full", "yes or no", "whether it is fully booked", "true"),
        Key("price", "text", "what it costs, in words", "10 euros; members free"),
    ),
    {
        "link": "url",
        "deadline": "closes",
        "until": "closes",
        "from": "opens",
        "seats": "places",
        "capacity": "places",
        "cost": "price",
    },
)

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
    rel = read.plain(values["rel"], problems, "a kind of link") if "rel" in values else None
    return Link(label, url, rel, values["url"].place) if label and url else None


def document(node: Node, context: Context) -> Document | None:
    """Read a document: beside the YAML, or elsewhere."""
    problems = context.problems
    values = fields(node, DOCUMENT, problems)
    if values is None or "label" not in values:
        return None
    if ("file" in values) == ("url" in values):
        problems.error(
            node.place, "file-or-url", "A document has either a file or a url", "file: files/agenda.pdf"
        )
        return None
    label = read.text(values["label"], context.language, problems, longest=read.LONGEST_TITLE, one_line=True)
    file = published_file(values["file"], context) if "file" in values else None
    url = read.url(values["url"], problems) if "url" in values else None
    return Document(label, url, file) if label and (file or url) else None


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
        problems.error(
            node.place, "file-or-url", "An image has either a file or a url", "file: files/market.jpg"
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
        found = read.scalar(values[name], problems, "a day or a moment") if name in values else None
        moments[name] = parse_moment(found, around, problems) if found else None
    return Registration(
        url=read.url(values["url"], problems, schemes=("https", "http", "mailto"))
        if "url" in values
        else None,
        opens=moments["opens"],
        closes=moments["closes"],
        places=read.whole_number(values["places"], problems) if "places" in values else None,
        full=bool(read.boolean(values["full"], problems)) if "full" in values else False,
        price=read.text(values["price"], context.language, problems, longest=1000)
        if "price" in values
        else None,
        **{f"{name}_place": values[name].place for name in ("opens", "closes") if name in values},
    )

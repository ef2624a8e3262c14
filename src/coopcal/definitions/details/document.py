"""Documents: beside the YAML, or elsewhere."""

from coopcal.definitions.codes.events import FILE_OR_URL
from coopcal.definitions.context import Context
from coopcal.definitions.declared import json_schema
from coopcal.definitions.declared.json_schema import Schema
from coopcal.definitions.declared.key import Key, Record
from coopcal.definitions.declared.patterns import exactly
from coopcal.definitions.declared.reader import Reader, listed, reader
from coopcal.definitions.declared.record import written_keys
from coopcal.definitions.files import file
from coopcal.definitions.readers.language import LANGUAGE, language_tag
from coopcal.definitions.readers.text import LONGEST_TITLE, text
from coopcal.definitions.readers.url import URL, url
from coopcal.definitions.source.node import Mapping, Node
from coopcal.model.media import Document
from coopcal.model.message import msg
from coopcal.model.text import Text


def by_language(one: Reader[str], schema: Schema) -> Reader[Text]:
    """Return a reader of what is the same in all languages, or another in each."""

    def read(node: Node, context: Context) -> Text | None:
        if not isinstance(node, Mapping):
            value = one(node, context)
            return Text.of(context.language, value, node.position) if value else None
        texts = [
            (tag, value, inner.position)
            for key, inner in node.entries
            if (tag := language_tag(key, context.problems)) and (value := one(inner, context))
        ]
        if len(texts) < len(node.entries):
            return None
        return Text(tuple((tag, value) for tag, value, _ in texts), tuple(place for *_, place in texts))

    return Reader(read, schema)


_URLS = json_schema.by_name(
    URL, exactly(LANGUAGE), "Write addresses by language code, such as en, fr or pt-BR"
)

DOCUMENT = Record(
    "A document",
    (
        Key("label", text(LONGEST_TITLE, one_line=True), "what people read", "Agenda", required=True),
        Key("file", by_language(file, json_schema.ref("text")), "a file beside the YAML, or one for each language", "files/agenda.pdf"),
        Key("url", by_language(url, json_schema.either(_URLS, URL)), "or its address elsewhere, or one for each language", "https://example.org/agenda.pdf"),
    ),
    {"title": "label", "name": "label", "path": "file", "link": "url"},
)  # fmt: skip


@reader(json_schema.ref("document"))
def document(node: Node, context: Context) -> Document | None:
    """Read a document; None where it has not either a file or an address."""
    written = written_keys(node, DOCUMENT, context)
    if written is None or "label" not in written.nodes:
        return None
    if ("file" in written.nodes) == ("url" in written.nodes):
        context.problems.tell(
            node.position, FILE_OR_URL, msg("A document has either a file or a url"), "file: files/agenda.pdf"
        )
        return None
    written.read(context)
    return Document(**written.fields()) if len(written.values) == len(written.nodes) else None


documents = listed(document)

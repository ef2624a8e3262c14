"""What several keys share, by the name under which it stands in the document."""

from coopcal import zones
from coopcal.definitions.declared import patterns
from coopcal.definitions.declared.json_schema import Schema, by_name, either, text
from coopcal.definitions.declared.patterns import exactly
from coopcal.definitions.readers.language import LANGUAGE
from coopcal.zones import countries as tables


def common() -> dict[str, Schema]:
    """Return the schemas of texts, dates, countries and time zones."""
    countries = tables.countries()
    return {
        "text": either(
            by_name(text(), exactly(LANGUAGE), "Write texts by language code, such as en, fr or pt-BR"),
            text(),
        ),
        "when": text(
            patterns.WHEN, "Write 2026-03-14, 2026-03-14 09:00/17:30, 2026-03-14/2026-03-16, 2026-03 or 2026"
        ),
        "country": {
            "enum": sorted(countries),
            "enumDescriptions": [countries[code] for code in sorted(countries)],
            "errorMessage": "Write the two capital letters of ISO 3166, such as BE or FR",
        },
        "timezone": {
            "enum": sorted(name for name in zones.names() if "/" in name or name == "UTC"),
            "errorMessage": "Write region and city, such as Europe/Brussels",
        },
    }

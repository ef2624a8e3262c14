"""The web addresses of the sources, with their places."""

from pathlib import Path

from tests.support.checking import lay

from coopcal.definitions.links import links
from coopcal.definitions.source.reader import read_tree

BAKERY = """\
name: The Bakery
url: https://bakery.coop/
places:
  mill: {name: The mill, url: "https://mill.coop/a b"}
defaults:
  image: {url: https://bakery.coop/a.jpg, alt: Bread}
events:
  - id: fair
    title: Fair
    when: 2026-09-12
    description: |
      First line.
      See [the page](https://fair.coop/page), or https://fair.coop/other.
    links: [{label: A, url: https://fair.coop/page}, {label: B, url: "mailto:a@bakery.coop"}]
    online: https://meet.coop/(room)
    note: https://secret.coop/
  - id: example
    title: Example
    when: not a date
    links: [{label: A, url: https://fair.example/}, {label: B, url: https://www.example.org/}]
    partners: [{name: Choir, url: "http://[choir.coop/"}]
"""


def test_each_address_has_its_place(tmp_path: Path) -> None:
    """Also in texts over several lines and in events with errors; not in notes, nor where the site itself is."""
    site = "title: Site\nuid_domain: example.coop\nbase_url: https://site.coop\nlegal: [{label: L, url: 'https://legal.coop/'}]\n"
    root = lay(
        tmp_path,
        {
            "coopcal.yaml": site,
            "calendars/bakery.yaml": BAKERY,
            "feeds/all.yaml": "closed: {on: 2027-01-01, see: https://new.coop/}\n",
        },
    )
    found = [
        (
            link.id,
            link.position.path.split("/")[-1],
            link.position.line,
            link.position.column,
            link.position.end_column,
        )
        for link in links(read_tree(root)[0])
    ]

    assert found == [
        ("https://legal.coop/", "coopcal.yaml", 4, 26, 45),
        ("https://bakery.coop/", "bakery.yaml", 2, 6, 26),
        ("https://mill.coop/a", "bakery.yaml", 4, 32, 51),
        ("https://bakery.coop/a.jpg", "bakery.yaml", 6, 16, 41),
        ("https://fair.coop/page", "bakery.yaml", 13, 22, 44),
        ("https://fair.coop/other", "bakery.yaml", 13, 50, 73),
        ("https://fair.coop/page", "bakery.yaml", 14, 29, 51),
        ("https://meet.coop/(room)", "bakery.yaml", 15, 13, 37),
        ("https://new.coop/", "all.yaml", 1, 31, 48),
    ]

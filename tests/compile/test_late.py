"""What takes long to import is not imported by a compile after an edit, as the store knows what it made before."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.support.trees import NOW, lay

from coopcal.compile.pipeline import compile_site

SITE = "title: Calendars\nuid_domain: example.coop\nlanguages: [en]\ntimezone: Europe/Brussels\n"
BAKERY = """name: The Bakery
country: BE
events:
  - {id: fair, title: Fair, when: 2026-12-25 10:00/12:00}
  - {id: market, title: Market, when: 2027-07-21 10:00/12:00, where: {city: Ghent, country: BE}}
"""

COMPILED = """
import json, sys
from datetime import datetime
from pathlib import Path
from coopcal.compile.pipeline import compile_site
root = Path(sys.argv[1])
made = compile_site(root, root / "_site", datetime.fromisoformat(sys.argv[2]))
print(json.dumps([made.published, [one.code for one in made.problems], sorted(sys.modules)]))
"""

LATE = {
    *("babel.dates", "holidays", "icalendar", "markdown_it", "multiprocessing", "ssl", "urllib.request"),
    "coopcal.definitions.schema",
}


def test_an_edit_imports_no_library_whose_work_is_known(tmp_path: Path) -> None:
    """And yet the days are told on which events fall; that feeds are the same is held elsewhere."""
    root = lay(tmp_path, {"coopcal.yaml": SITE, "calendars/bakery.yaml": BAKERY})
    first = compile_site(root, root / "_site", NOW, first=True)
    (root / "calendars/bakery.yaml").write_text(BAKERY.replace("Fair", "Large fair"))

    done = subprocess.run(
        [sys.executable, "-c", COMPILED, str(root), (NOW + timedelta(hours=1)).isoformat()],
        capture_output=True,
        text=True,
        check=True,
    )
    published, codes, modules = json.loads(done.stdout)

    assert published
    assert codes.count("public-holiday") == [one.code for one in first.problems].count("public-holiday") == 2
    assert LATE.isdisjoint(modules)

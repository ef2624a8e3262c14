"""How old copies of feeds of others are, in days of the site."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.support.checking import lay
from tests.support.copies import URL, copy, include, record

from coopcal.compile.pipeline import check
from coopcal.model.message import msg

INSTANT = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("timezone", ["Europe/Brussels", "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("hour", [0, 6, 12, 18])
def test_the_age_of_a_copy_is_told_in_days_of_the_site(tmp_path: Path, timezone: str, hour: int) -> None:
    """What was had a minute ago is of today, wherever the site is; what was had a day before is a day old."""
    now = INSTANT + timedelta(hours=hour)
    for age, told in ((timedelta(minutes=1), "is of today"), (timedelta(days=1), "is 1 day old")):
        seen = (now - age).strftime("%Y-%m-%dT%H:%M:%SZ")
        why = {"said": str(msg("it is not there")), "with": {}}
        files = {
            "coopcal.yaml": f"title: T\nuid_domain: example.coop\ntimezone: {timezone}\n",
            "feeds/valley.yaml": "title: Valley\n" + include((URL, "bakery")),
            **dict([copy(), record(seen=seen, why=why)]),
        }
        root = lay(tmp_path / told.replace(" ", "-"), files)
        (found,) = [one for one in check(root, now).problems if one.code == "fetch-fails"]

        assert told in found.message

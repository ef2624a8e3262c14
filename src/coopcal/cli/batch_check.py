"""``coopcal check`` of organisations one by one: by several workers, or with what the last compile kept of most of them.

It is imported where that is so, as it brings all that a compile does.
"""

from contextlib import nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path

from coopcal.compile.batches.crew import Crew
from coopcal.compile.batches.prepare import check as check_in_batches
from coopcal.compile.checker import Choice, chosen_for
from coopcal.compile.examine import Verdict
from coopcal.compile.previous import finder
from coopcal.compile.store.segments import DamagedStoreError
from coopcal.compile.store.store import Store
from coopcal.site.layout import SITE_FOLDER


def check(root: Path, now: datetime, choice: Choice, crew: Crew) -> Verdict | None:
    """Check the sources in a folder as ``Checker`` does; None where they have no settings."""
    site = root / SITE_FOLDER
    find = finder(site, None, first=True)
    switched = choice.only or choice.without
    with nullcontext() if switched else Store.there(site) as store:
        choose = partial(chosen_for, choice=choice)
        try:
            return check_in_batches(root, now, find, crew, store, choose)
        except DamagedStoreError:
            return check_in_batches(root, now, find, crew, None, choose)
